/** A condition did not come true in time; `lastError` is what its last attempt threw, if it threw. */
export class WaitTimeoutError extends Error {
  readonly code = 'WAIT_TIMEOUT';

  constructor(what: string, deadlineMs: number, lastError: unknown) {
    const why = lastError instanceof Error ? ` Last error: ${lastError.message}` : '';
    super(`Waited ${(deadlineMs / 1000).toFixed(1)} s for ${what}, in vain.${why}`, { cause: lastError });
    this.name = 'WaitTimeoutError';
  }
}

export interface WaitOptions {
  /** What is waited for, as it reads after "Waited 10 s for". */
  readonly what: string;
  readonly deadlineMs: number;
  readonly everyMs?: number;
  /** Ends the wait at once by throwing, for instance because the process that should answer has died. */
  readonly giveUp?: () => void;
}

/**
 * Polls `probe` until it returns something other than `undefined` or `false`; a probe that throws counts as "not yet".
 * @throws WaitTimeoutError after `deadlineMs`; whatever `giveUp` throws.
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { what, deadlineMs, everyMs = 50, giveUp }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  let lastError: unknown;
  for (;;) {
    giveUp?.();
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= deadline) throw new WaitTimeoutError(what, deadlineMs, lastError);
    await new Promise((resume) => setTimeout(resume, everyMs));
  }
}
