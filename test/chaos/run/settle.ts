import { setTimeout as sleep } from 'node:timers/promises';
import { isDrained, readOperations } from '../evidence/operations.js';
import type { ApiDelivery } from '../support/api.js';
import type { SeededOrganization } from '../seeding/organizations.js';
import type { JsonClient } from '../support/json-client.js';

const READ_INTERVAL_MS = 2_000;
/** This many reads in a row must find nothing in progress, so that work due in a second or two would have begun. */
const REQUIRED_QUIET_READS = 4;
/** States that a delivery leaves only through a request or an action of an agent. */
const FINAL_STATES = new Set([
  'acknowledged',
  'rescheduled',
  'refused',
  'canceled',
  'unassignable',
  'delivered',
  'failed',
]);

export interface Progress {
  readonly byState: ReadonlyMap<string, number>;
  readonly ended: number;
  readonly inCall: number;
}

/** The states of all organizations' deliveries; `undefined` while the API does not respond. */
export async function readProgress(organizations: readonly SeededOrganization[]): Promise<Progress | undefined> {
  try {
    const lists = await Promise.all(
      organizations.map(({ apiWithoutRetry }) => apiWithoutRetry.list<ApiDelivery>('/v1/deliveries')),
    );
    const byState = new Map<string, number>();
    for (const { state } of lists.flat()) byState.set(state, (byState.get(state) ?? 0) + 1);
    const count = (matches: (state: string) => boolean): number =>
      [...byState].reduce((sum, [state, number]) => sum + (matches(state) ? number : 0), 0);
    return { byState, ended: count((state) => FINAL_STATES.has(state)), inCall: count((state) => state === 'calling') };
  } catch {
    return undefined;
  }
}

/**
 * Waits, without injecting faults, until no work is in progress.
 *
 * @param isBusy Whether the harness itself still has work: posts, customers, acknowledgements.
 * @returns Whether that happened before the deadline.
 */
export async function settle(options: {
  readonly organizations: readonly SeededOrganization[];
  readonly operator: JsonClient;
  readonly expected: number;
  readonly deadlineMs: number;
  readonly isBusy: () => boolean;
  readonly fingerprint: () => string;
  readonly isEnded: () => boolean;
}): Promise<boolean> {
  const deadline = Date.now() + options.deadlineMs;
  let quietReads = 0;
  let previousFingerprint = '';
  while (Date.now() < deadline && !options.isEnded()) {
    const [progress, operations] = await Promise.all([
      readProgress(options.organizations),
      readOperations(options.operator).catch(() => undefined),
    ]);
    const states = JSON.stringify([...(progress?.byState ?? [])].sort());
    const fingerprint = `${options.fingerprint()} ${states}`;
    const isSettled = progress?.ended === options.expected && operations !== undefined && isDrained(operations);
    quietReads = isSettled && !options.isBusy() && fingerprint === previousFingerprint ? quietReads + 1 : 0;
    previousFingerprint = fingerprint;
    if (quietReads >= REQUIRED_QUIET_READS) return true;
    await sleep(READ_INTERVAL_MS);
  }
  return false;
}
