import type { ProviderEffect, ProviderErrorCode } from '#libs/ports/errors.js';
import { ProviderError } from '#libs/ports/errors.js';

import { readRetryAfter } from '../retry-after.js';

/** The name of this provider in errors and logs. */
export const twilioProvider = 'twilio';

/** An error response of Twilio's REST API. */
export interface TwilioErrorResponse {
  readonly method: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * Errors about numbers that can never be called or texted: 21211 and 21217 invalid, 21214 unreachable, 21215 no
 * permission for the region, 21216 and 13224 not callable, 21219 not verified (trial account), 21614 not a mobile
 * number, 21612 no route. Source: Twilio's error dictionary.
 */
const invalidNumberCodes = new Set(['13224', '21211', '21214', '21215', '21216', '21217', '21219', '21612', '21614']);

/** Failures before a connection was established, so nothing was sent. */
const connectionFailureCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** TLS errors about the server's certificate, which also occur before anything is sent. */
const certificateErrorCodes = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const timeoutCodes = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ABORT_ERR', 'TimeoutError']);

/** Maps an HTTP status of 400 or higher to `ProviderError`. A write may have taken effect before a 5xx response. */
export function toProviderError(response: TwilioErrorResponse, now: Date): ProviderError {
  const { status } = response;
  const { vendorCode, message } = parseErrorBody(response.body);
  const code = toErrorCode(status, vendorCode);
  return new ProviderError({
    provider: twilioProvider,
    code,
    effect: status >= 500 || status === 408 ? toEffect(response.method) : 'none',
    message: `Twilio responded with ${status}${vendorCode === undefined ? '' : ` (error ${vendorCode})`}: ${message}`,
    retryAfterMs: readRetryAfter(response.headers['retry-after'], now),
    vendorCode,
  });
}

/** Whether the request certainly did not reach Twilio, because no connection was established. */
export function isCertainlyUnsent(error: unknown): boolean {
  const { code, syscall } = describeCause(error);
  return (
    connectionFailureCodes.has(code) ||
    certificateErrorCodes.has(code) ||
    (code === 'ETIMEDOUT' && syscall === 'connect')
  );
}

/** Whether the request timed out. */
export function isTimeout(error: unknown): boolean {
  return timeoutCodes.has(describeCause(error).code);
}

/** Maps a request without a response: refused connection, broken connection or timeout. */
export function createUnreachableError(method: string, error: unknown): ProviderError {
  const { code, reason } = describeCause(error);
  return new ProviderError({
    provider: twilioProvider,
    code: isTimeout(error) ? 'timeout' : 'unavailable',
    effect: isCertainlyUnsent(error) ? 'none' : toEffect(method),
    message: `Twilio is unreachable (${code}): ${reason}`,
    vendorCode: undefined,
    cause: error,
  });
}

/** Maps a 2xx response with unexpected content. A write may have taken effect. */
export function createUnexpectedResponseError(method: string, cause: unknown): ProviderError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProviderError({
    provider: twilioProvider,
    code: 'unavailable',
    effect: toEffect(method),
    message: `Twilio’s response could not be parsed: ${reason}`,
    cause,
  });
}

function toEffect(method: string): ProviderEffect {
  return method.toLowerCase() === 'get' ? 'none' : 'unknown';
}

function toErrorCode(status: number, vendorCode: string | undefined): ProviderErrorCode {
  if (vendorCode !== undefined && invalidNumberCodes.has(vendorCode)) return 'invalid_input';
  if (status === 429 || vendorCode === '20429') return 'rate_limited';
  if (status === 401 || vendorCode === '20003') return 'unauthorized';
  if (status === 404) return 'not_found';
  if (status === 408) return 'timeout';
  return status >= 500 ? 'unavailable' : 'rejected';
}

function parseErrorBody(body: unknown): { vendorCode: string | undefined; message: string } {
  const parsed = typeof body === 'string' ? parseJson(body) : body;
  if (typeof parsed !== 'object' || parsed === null) return { vendorCode: undefined, message: 'no explanation' };
  const { code, message } = parsed as { code?: unknown; message?: unknown };
  return {
    vendorCode: typeof code === 'number' || typeof code === 'string' ? String(code) : undefined,
    message: typeof message === 'string' ? message : 'no explanation',
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads the code, system call and message of an error or of its cause, because HTTP clients wrap connection errors. */
function describeCause(error: unknown): { code: string; syscall: string | undefined; reason: string } {
  if (!(error instanceof Error)) return { code: 'unknown', syscall: undefined, reason: String(error) };
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof code === 'string') {
    const innerSyscall = error.cause instanceof Error ? (error.cause as { syscall?: unknown }).syscall : undefined;
    const outermostSyscall = typeof syscall === 'string' ? syscall : innerSyscall;
    return {
      code,
      syscall: typeof outermostSyscall === 'string' ? outermostSyscall : undefined,
      reason: error.message,
    };
  }
  if (error.cause instanceof Error) return describeCause(error.cause);
  return { code: error.name, syscall: undefined, reason: error.message };
}
