/** A server that an app uses. `check` rejects, or answers false, while it cannot be used. */
export interface Dependency {
  readonly name: string;
  check(): Promise<boolean>;
}

/**
 * What an app is without a dependency:
 * `required`: it can serve nothing, and is not ready;
 * `required_at_start`: it is not ready until the dependency was reached once, and is degraded afterwards. A new replica that
 *   was given the wrong address then never counts as rolled out, and an outage takes no running replica out of service;
 * `degrading`: it serves without it, late or less.
 */
export type Need = 'required' | 'required_at_start' | 'degrading';

/** What is known of one dependency. */
export interface DependencyState {
  readonly up: boolean;
  /** Since when it has been so, as far as this process saw. */
  readonly since: Date;
  /** Why it is down, where that is known. */
  readonly reason?: string;
}

export type Standing = 'up' | 'degraded' | 'down';

/** @param wasReached whether it was up at any time since the app started */
export function standingOf(need: Need, up: boolean, wasReached: boolean): Standing {
  if (up) return 'up';
  if (need === 'degrading') return 'degraded';
  return need === 'required_at_start' && wasReached ? 'degraded' : 'down';
}

/** @param before undefined for the first observation */
export function observed(
  before: DependencyState | undefined,
  found: { readonly up: boolean; readonly reason?: string },
  now: Date,
): DependencyState {
  return { ...found, since: before?.up === found.up ? before.since : now };
}

/**
 * Asks a dependency. A check that takes longer than `timeoutMs` counts as failed: whoever waits for a probe gives up, too.
 * Never rejects.
 */
export async function checkInTime(
  { check }: Pick<Dependency, 'check'>,
  timeoutMs: number,
): Promise<{ readonly up: boolean; readonly reason?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    timer.unref();
  });
  try {
    return { up: await Promise.race([check(), late]) };
  } catch (error) {
    return { up: false, reason: error instanceof Error && error.message !== '' ? error.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
