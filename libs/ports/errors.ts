/** Why a provider's request failed. Codes are stable: callers decide by `code` and `effect`, never by the message. */
export type ProviderErrorCode =
  /** The provider is unreachable or responded with a server error (5xx). */
  | 'unavailable'
  /** Too many requests. `retryAfterMs` is when to retry, if the provider reported it. */
  | 'rate_limited'
  /** Rejected permanently: repeating the same request cannot succeed. */
  | 'rejected'
  /** No response within the timeout. */
  | 'timeout'
  /** The provider rejected DelAuto's credentials. */
  | 'unauthorized'
  /** The request is invalid, for example a phone number that does not exist. */
  | 'invalid_input'
  /** The requested resource does not exist. */
  | 'not_found';

/**
 * Whether the failed request may have taken effect.
 * - `none`: certainly not. It can be repeated.
 * - `unknown`: possibly, for example after a timeout while creating a call. Query the provider before repeating it.
 */
export type ProviderEffect = 'none' | 'unknown';

/** The arguments of `ProviderError`. */
export interface ProviderErrorDetails {
  /** The name of the provider, for example `twilio`. */
  readonly provider: string;
  readonly code: ProviderErrorCode;
  readonly effect: ProviderEffect;
  readonly message: string;
  /** Milliseconds to wait before the next attempt, if the provider reported it. */
  readonly retryAfterMs?: number | undefined;
  /** The vendor's own error code, for operators and metrics. */
  readonly vendorCode?: string | undefined;
  readonly cause?: unknown;
}

/** The only error that adapters throw if a provider fails. Vendor errors leave an adapter only as `cause`. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly provider: string;
  readonly code: ProviderErrorCode;
  readonly effect: ProviderEffect;
  /** Milliseconds to wait before the next attempt, if the provider reported it. */
  readonly retryAfterMs: number | undefined;
  /** The vendor's own error code, for operators and metrics. */
  readonly vendorCode: string | undefined;

  constructor(details: ProviderErrorDetails) {
    super(details.message, { cause: details.cause });
    this.provider = details.provider;
    this.code = details.code;
    this.effect = details.effect;
    this.retryAfterMs = details.retryAfterMs;
    this.vendorCode = details.vendorCode;
  }

  /** True if the cause may be temporary. Whether repeating is safe depends on `effect` or on idempotency. */
  get transient(): boolean {
    return this.code === 'unavailable' || this.code === 'rate_limited' || this.code === 'timeout';
  }
}

/** A webhook with a valid signature but invalid content. */
export class InvalidWebhookError extends Error {
  override readonly name = 'InvalidWebhookError';
  readonly code = 'invalid_webhook';

  constructor(
    readonly provider: string,
    readonly field: string,
    problem: string,
  ) {
    super(`${provider} webhook: ${field} ${problem}`);
  }
}
