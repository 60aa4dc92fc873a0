/** A server that an app uses. `check` rejects, or answers false, while it cannot be used. */
export interface Dependency {
  readonly name: string;
  check(): Promise<boolean>;
}

/** What an app is without a dependency: `required`: not ready; `degrading`: ready, and serves late or less. */
export type Need = 'required' | 'degrading';

/** What is known of one dependency. */
export interface DependencyState {
  readonly up: boolean;
  /** Since when it has been so, as far as this process saw. */
  readonly since: Date;
  /** Why it is down, where that is known. */
  readonly reason?: string;
}

export type Standing = 'up' | 'degraded' | 'down';

export function standingOf(need: Need, up: boolean): Standing {
  if (up) return 'up';
  return need === 'degrading' ? 'degraded' : 'down';
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
 * Asks a dependency. A check that takes longer than `timeoutMs` counts as failed: the caller of a probe gives up, too.
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
