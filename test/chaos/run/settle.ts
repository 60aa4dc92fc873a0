import { setTimeout as sleep } from 'node:timers/promises';
import { isDrained, readOperations } from '../evidence/operations.js';
import type { ApiDelivery } from '../support/api.js';
import type { SeededOrganization } from '../seeding/organizations.js';
import type { JsonClient } from '../support/json-client.js';

const LOOK_EVERY_MS = 2_000;
/** Quiet for so many looks in a row: something due in a second or two would have begun. */
const QUIET_LOOKS = 4;
/** A delivery in these changes by nothing that is under way. */
const RESTING = new Set(['acknowledged', 'rescheduled', 'refused', 'canceled', 'unassignable', 'delivered', 'failed']);

export interface Progress {
  readonly byState: ReadonlyMap<string, number>;
  readonly ended: number;
  readonly inCall: number;
}

/** Where the deliveries of all organizations stand; `undefined` while the API does not answer. */
export async function readProgress(organizations: readonly SeededOrganization[]): Promise<Progress | undefined> {
  try {
    const lists = await Promise.all(organizations.map(({ glance }) => glance.list<ApiDelivery>('/v1/deliveries')));
    const byState = new Map<string, number>();
    for (const { state } of lists.flat()) byState.set(state, (byState.get(state) ?? 0) + 1);
    const count = (wanted: (state: string) => boolean): number =>
      [...byState].reduce((sum, [state, some]) => sum + (wanted(state) ? some : 0), 0);
    return { byState, ended: count((state) => RESTING.has(state)), inCall: count((state) => state === 'calling') };
  } catch {
    return undefined;
  }
}

/**
 * Waits until nothing moves any more, without faults.
 * @param isBusy what the harness itself still has to do: posts, customers, acknowledgements
 * @returns whether it came to rest before the deadline
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
  let quiet = 0;
  let before = '';
  while (Date.now() < deadline && !options.isEnded()) {
    const [progress, operations] = await Promise.all([
      readProgress(options.organizations),
      readOperations(options.operator).catch(() => undefined),
    ]);
    const states = JSON.stringify([...(progress?.byState ?? [])].sort());
    const now = `${options.fingerprint()} ${states}`;
    const rests = progress?.ended === options.expected && operations !== undefined && isDrained(operations);
    quiet = rests && !options.isBusy() && now === before ? quiet + 1 : 0;
    before = now;
    if (quiet >= QUIET_LOOKS) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}
