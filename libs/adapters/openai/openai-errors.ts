import { ProviderError, type ProviderErrorCode } from '#libs/ports/errors.js';
import { readRetryAfter } from '../retry-after.js';

/** The name of this provider in errors and logs. */
export const OPENAI_PROVIDER = 'openai';

/** The account has no credit left. OpenAI responds with 429, but a retry is pointless until an operator adds credit. */
const INSUFFICIENT_QUOTA = 'insufficient_quota';

/**
 * Maps an SDK error to `ProviderError`. No request changes state at OpenAI, so every request can be repeated. Messages
 * contain OpenAI's reason, never the request.
 */
export async function toOpenAiError(error: unknown, now: Date): Promise<ProviderError> {
  if (error instanceof ProviderError) return error;
  const { APIConnectionError, APIConnectionTimeoutError, APIError } = await import('openai');
  if (error instanceof APIConnectionTimeoutError) return createTimeoutError(error);
  if (error instanceof APIConnectionError) {
    return createError('unavailable', `OpenAI is unreachable: ${findInnermostMessage(error)}`, error);
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    const vendorCode = typeof error.code === 'string' ? error.code : undefined;
    return new ProviderError({
      provider: OPENAI_PROVIDER,
      code: toErrorCode(error.status, vendorCode),
      effect: 'none',
      message: `OpenAI responded with ${error.status}${vendorCode === undefined ? '' : ` (${vendorCode})`}: ${toReason(error.error)}`,
      retryAfterMs: toRetryAfterMs(error.headers as Headers | undefined, now),
      vendorCode,
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return createError('unavailable', `OpenAI’s response could not be parsed: ${reason}`, error);
}

/** Creates the error of a request without a response within its timeout. */
export const createTimeoutError = (cause: unknown): ProviderError =>
  createError('timeout', 'OpenAI did not respond in time.', cause);

/**
 * Creates the error of a 2xx response whose content does not match OpenAI's documentation.
 * @param problem noun phrase for the error message: "a completion without a choice"
 */
export function createUnexpectedResponseError(problem: string): ProviderError {
  return createError('unavailable', `OpenAI’s response is not as documented: ${problem}`);
}

function createError(code: ProviderErrorCode, message: string, cause?: unknown): ProviderError {
  return new ProviderError({ provider: OPENAI_PROVIDER, code, effect: 'none', message, cause });
}

/** Returns the message of the innermost cause. HTTP clients wrap it, for example in "fetch failed". */
function findInnermostMessage(error: object): string {
  const { cause, message } = error as { cause?: unknown; message?: unknown };
  if (typeof cause === 'object' && cause !== null && 'message' in cause) return findInnermostMessage(cause);
  return String(message);
}

function toErrorCode(status: number, vendorCode: string | undefined): ProviderErrorCode {
  if (status === 401 || status === 403 || vendorCode === INSUFFICIENT_QUOTA) return 'unauthorized';
  if (status === 429) return 'rate_limited';
  if (status === 404) return 'not_found';
  if (status === 408) return 'timeout';
  return status >= 500 || status === 409 ? 'unavailable' : 'rejected';
}

function toReason(body: unknown): string {
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined;
  return typeof message === 'string' && message !== '' ? message.slice(0, 500) : 'no explanation';
}

/** `retry-after-ms` is specific to OpenAI and more precise than `retry-after`. */
function toRetryAfterMs(headers: Headers | undefined, now: Date): number | undefined {
  const exactMs = Number(headers?.get('retry-after-ms') ?? NaN);
  return Number.isFinite(exactMs) ? Math.max(0, Math.round(exactMs)) : readRetryAfter(headers?.get('retry-after'), now);
}
