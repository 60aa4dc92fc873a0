/** A condition did not become true in time. `cause` is the error of the last attempt, if any. */
export class WaitTimeoutError extends Error {
  readonly code = 'WAIT_TIMEOUT';

  constructor(what: string, deadlineMs: number, lastError: unknown) {
    const why = lastError instanceof Error ? ` Last error: ${lastError.message}` : '';
    super(`Timed out after ${(deadlineMs / 1000).toFixed(1)} s waiting for ${what}.${why}`, { cause: lastError });
    this.name = 'WaitTimeoutError';
  }
}

const DEFAULT_DEADLINE_MS = 120_000;

export interface WaitOptions {
  /** What is awaited, for the message "Timed out after 10 s waiting for …". */
  readonly what: string;
  /** Default: two minutes, which only ends a hang: a busy machine may need minutes for what takes seconds on a quiet one. */
  readonly deadlineMs?: number;
  readonly everyMs?: number;
  /** Called before each attempt. It ends the wait by throwing, for example when the awaited process has exited. */
  readonly giveUp?: () => void;
}

/**
 * Polls `probe` until it returns something other than `undefined` or `false`. A probe that throws is retried.
 * @throws WaitTimeoutError after `deadlineMs`
 * @throws the error of `giveUp`
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { what, deadlineMs = DEFAULT_DEADLINE_MS, everyMs = 50, giveUp }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  let lastError: unknown;
  for (;;) {
    giveUp?.();
    try {
      const result = await probe();
      if (result !== undefined && result !== false) return result;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= deadline) throw new WaitTimeoutError(what, deadlineMs, lastError);
    await new Promise((resume) => setTimeout(resume, everyMs));
  }
}
