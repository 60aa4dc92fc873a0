import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationsEvidence } from './evidence.js';
import type { JsonClient } from '../support/json-client.js';

const LOOKS = 6;
const LOOK_EVERY_MS = 1_000;

/** What the operator sees of everything that waits. */
export async function readOperations(operator: JsonClient): Promise<OperationsEvidence> {
  const [queues, deadLetters] = await Promise.all([
    operator.get<Pick<OperationsEvidence, 'apps' | 'consumers'>>('/v1/admin/queues'),
    operator.list<OperationsEvidence['deadLetters'][number]>('/v1/admin/dead-letters'),
  ]);
  return { deadLetters, apps: queues.apps, consumers: queues.consumers };
}

export const isDrained = ({ apps, consumers }: OperationsEvidence): boolean =>
  apps.every(
    ({ state, outboxPending = 0, queues = [] }) =>
      state === 'up' && outboxPending === 0 && queues.every(({ due }) => due === 0),
  ) && consumers.every(({ pending, inFlight }) => pending + inFlight === 0);

/** The same once nothing is under way: reading evidence leaves events, too. After a few looks, as it stands. */
export async function readRestingOperations(operator: JsonClient): Promise<OperationsEvidence | undefined> {
  let seen: OperationsEvidence | undefined;
  for (let look = 0; look < LOOKS; look += 1) {
    seen = await readOperations(operator).catch(() => undefined);
    if (seen && isDrained(seen)) return seen;
    await sleep(LOOK_EVERY_MS);
  }
  return seen;
}
