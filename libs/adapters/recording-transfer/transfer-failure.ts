import { ProviderError, type ProviderErrorDetails } from '#libs/ports/errors.js';
import { ObjectStoreError, type ObjectStoreErrorCode } from '#libs/ports/object-store.js';
import type { ThreadFailure } from '../worker-thread/protocol.js';

/** Serializes an error for transfer between threads. */
export function toThreadFailure(error: unknown): ThreadFailure {
  if (error instanceof ProviderError) {
    const { code, message, provider, effect, retryAfterMs, vendorCode } = error;
    return { code, message, details: { provider, effect, retryAfterMs, vendorCode } };
  }
  if (error instanceof ObjectStoreError)
    return { code: error.code, message: error.message, details: { key: error.key } };
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) };
}

/**
 * The inverse of `toThreadFailure`. An unexpected error becomes `unavailable`, so that the transfer is repeated.
 */
export function toTransferError({ code, message, details = {} }: ThreadFailure, cause?: Error): Error {
  if (typeof details['key'] === 'string') {
    return new ObjectStoreError(code as ObjectStoreErrorCode, details['key'], message, { cause });
  }
  const unexpected = { provider: 'recording_transfer', code: 'unavailable', effect: 'none' } as const;
  const providerDetails =
    details['provider'] === undefined ? unexpected : ({ ...details, code } as ProviderErrorDetails);
  return new ProviderError({ ...providerDetails, message, cause });
}
