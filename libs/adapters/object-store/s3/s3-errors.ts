import { ProviderError } from '#libs/ports/errors.js';
import type { ProviderEffect } from '#libs/ports/errors.js';
import { ObjectStoreError } from '#libs/ports/object-store.js';

/** The parts of an SDK error that determine how it is mapped. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
}

const NOT_FOUND_NAMES = new Set(['NoSuchKey', 'NotFound']);
const THROTTLED_NAMES = new Set([
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
  'RequestLimitExceeded',
]);
const UNAUTHORIZED_NAMES = new Set([
  'AccessDenied',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'Forbidden',
]);
const TIMEOUT_NAMES = new Set(['TimeoutError', 'RequestTimeout', 'AbortError']);

/**
 * Maps an SDK error to an error of the port.
 * @param effect of a request without a response: `none` for reads, `unknown` for writes
 */
export function toStoreError(error: unknown, key: string, effect: ProviderEffect): ObjectStoreError | ProviderError {
  if (error instanceof ObjectStoreError || error instanceof ProviderError) return error;
  const sdk = toSdkError(error);
  if (NOT_FOUND_NAMES.has(sdk.name)) {
    return new ObjectStoreError(
      'not_found',
      key,
      key === '' ? 'The bucket does not exist.' : `Object ${key} does not exist.`,
      { cause: error },
    );
  }
  if (sdk.name === 'InvalidRange' || sdk.status === 416) {
    return new ObjectStoreError('invalid_range', key, `The requested range is outside ${key}.`, { cause: error });
  }
  const { code, hasNoEffect } = classify(sdk);
  return new ProviderError({
    provider: 's3',
    code,
    effect: hasNoEffect ? 'none' : effect,
    message: `The object store failed (${sdk.name}): ${sdk.message}`,
    retryAfterMs: sdk.retryAfterMs,
    vendorCode: sdk.name,
    cause: error,
  });
}

/** @returns the error code, and whether the request certainly had no effect */
function classify(sdk: SdkError): { code: ProviderError['code']; hasNoEffect: boolean } {
  if (THROTTLED_NAMES.has(sdk.name) || sdk.status === 429) return { code: 'rate_limited', hasNoEffect: true };
  if (UNAUTHORIZED_NAMES.has(sdk.name) || sdk.status === 401 || sdk.status === 403) {
    return { code: 'unauthorized', hasNoEffect: true };
  }
  if (TIMEOUT_NAMES.has(sdk.name) || sdk.code === 'ETIMEDOUT') return { code: 'timeout', hasNoEffect: false };
  if (sdk.code === 'ECONNREFUSED' || sdk.code === 'ENOTFOUND') return { code: 'unavailable', hasNoEffect: true };
  // Includes a missing bucket: either `ensureBucket` was not called or the configured name is wrong.
  if (sdk.status !== undefined && sdk.status >= 400 && sdk.status < 500) return { code: 'rejected', hasNoEffect: true };
  return { code: 'unavailable', hasNoEffect: false };
}

function toSdkError(error: unknown): SdkError {
  if (!(error instanceof Error)) {
    return { name: 'Unknown', message: String(error), code: undefined, status: undefined, retryAfterMs: undefined };
  }
  const details = error as Error & {
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Record<string, string> };
  };
  const retryAfter = Number(details.$response?.headers?.['retry-after']);
  return {
    name: error.name,
    message: error.message,
    code: typeof details.code === 'string' ? details.code : undefined,
    status: details.$metadata?.httpStatusCode,
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined,
  };
}
