import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationsEvidence } from './evidence.js';
import type { JsonClient } from '../support/json-client.js';

const MAX_READS = 6;
const READ_INTERVAL_MS = 1_000;

/** Reads the work that the operations API reports as waiting. */
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

/**
 * Reads again until nothing is in progress, because reading evidence itself causes events. After a few attempts,
 * returns the current state.
 */
export async function readSettledOperations(operator: JsonClient): Promise<OperationsEvidence | undefined> {
  let latest: OperationsEvidence | undefined;
  for (let read = 0; read < MAX_READS; read += 1) {
    latest = await readOperations(operator).catch(() => undefined);
    if (latest && isDrained(latest)) return latest;
    await sleep(READ_INTERVAL_MS);
  }
  return latest;
}
