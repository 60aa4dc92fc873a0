import { ProviderError, type ProviderErrorCode } from '#libs/ports/errors.js';
import { readRetryAfter } from '../retry-after.js';

export const OPENAI_PROVIDER = 'openai';

/** The account is out of money: a 429 that no waiting helps, and somebody has to mend. */
const NO_MONEY = 'insufficient_quota';

/**
 * What the SDK throws, in the port's words. Nothing we ask for changes anything at OpenAI, so every request may be
 * repeated. Messages carry OpenAI's reason, never what was sent.
 */
export async function openAiFailure(error: unknown, now: Date): Promise<ProviderError> {
  if (error instanceof ProviderError) return error;
  const { APIConnectionError, APIConnectionTimeoutError, APIError } = await import('openai');
  if (error instanceof APIConnectionTimeoutError) return timedOut(error);
  if (error instanceof APIConnectionError) {
    return failure('unavailable', `OpenAI was not reached: ${deepestReason(error)}`, error);
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    const vendorCode = typeof error.code === 'string' ? error.code : undefined;
    return new ProviderError({
      provider: OPENAI_PROVIDER,
      code: codeOf(error.status, vendorCode),
      effect: 'none',
      message: `OpenAI answered ${error.status}${vendorCode === undefined ? '' : ` (${vendorCode})`}: ${reasonOf(error.error)}`,
      retryAfterMs: retryAfterOf(error.headers as Headers | undefined, now),
      vendorCode,
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return failure('unavailable', `OpenAI’s answer could not be understood: ${reason}`, error);
}

export const timedOut = (cause: unknown): ProviderError => failure('timeout', 'OpenAI did not answer in time.', cause);

/** OpenAI answered 2xx, and not with what it describes. */
export function notAsDescribed(what: string): ProviderError {
  return failure('unavailable', `OpenAI’s answer could not be understood: ${what}`);
}

function failure(code: ProviderErrorCode, message: string, cause?: unknown): ProviderError {
  return new ProviderError({ provider: OPENAI_PROVIDER, code, effect: 'none', message, cause });
}

/** HTTP clients wrap what happened on the line, "fetch failed" around it. */
function deepestReason(error: object): string {
  const { cause, message } = error as { cause?: unknown; message?: unknown };
  if (typeof cause === 'object' && cause !== null && 'message' in cause) return deepestReason(cause);
  return String(message);
}

function codeOf(status: number, vendorCode: string | undefined): ProviderErrorCode {
  if (status === 401 || status === 403 || vendorCode === NO_MONEY) return 'unauthorized';
  if (status === 429) return 'rate_limited';
  if (status === 404) return 'not_found';
  if (status === 408) return 'timeout';
  return status >= 500 || status === 409 ? 'unavailable' : 'rejected';
}

function reasonOf(body: unknown): string {
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined;
  return typeof message === 'string' && message !== '' ? message.slice(0, 500) : 'no explanation';
}

/** `retry-after-ms` is OpenAI's own, and more exact. */
function retryAfterOf(headers: Headers | undefined, now: Date): number | undefined {
  const own = Number(headers?.get('retry-after-ms') ?? NaN);
  return Number.isFinite(own) ? Math.max(0, Math.round(own)) : readRetryAfter(headers?.get('retry-after'), now);
}
