/** A server that an app uses. `check` rejects or resolves with false while the server is unavailable. */
export interface Dependency {
  readonly name: string;
  check(): Promise<boolean>;
}

/**
 * The effect of an unavailable dependency. `required`: the app is not ready. `degrading`: it is ready but slower or
 * limited.
 */
export type Need = 'required' | 'degrading';

/** The last known state of one dependency. */
export interface DependencyState {
  readonly up: boolean;
  /** When this process first observed the current state. */
  readonly since: Date;
  /** Why it is down, if known. */
  readonly reason?: string;
}

/** Status of a dependency in the readiness probe. `degraded` does not make the app unready. */
export type DependencyStatus = 'up' | 'degraded' | 'down';

/** @returns the status that the readiness probe reports for a dependency */
export function toStatus(need: Need, up: boolean): DependencyStatus {
  if (up) return 'up';
  return need === 'degrading' ? 'degraded' : 'down';
}

/**
 * Combines the previous state with a new observation and keeps `since` while nothing changes.
 * @param previous `undefined` for the first observation
 */
export function toNextState(
  previous: DependencyState | undefined,
  result: { readonly up: boolean; readonly reason?: string },
  now: Date,
): DependencyState {
  return { ...result, since: previous?.up === result.up ? previous.since : now };
}

/**
 * Checks a dependency. A check that takes longer than `timeoutMs` fails, because the caller of the readiness probe
 * times out as well. Never rejects.
 */
export async function checkWithTimeout(
  { check }: Pick<Dependency, 'check'>,
  timeoutMs: number,
): Promise<{ readonly up: boolean; readonly reason?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    timer.unref();
  });
  try {
    return { up: await Promise.race([check(), timeout]) };
  } catch (error) {
    return { up: false, reason: error instanceof Error && error.message !== '' ? error.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
