/** Why a provider did not do what was asked. Stable: callers decide by `code` and `effect`, never by the message. */
export type ProviderErrorCode =
  /** Not reachable, or it answered that it is broken (5xx). */
  | 'unavailable'
  /** Too many requests; `retryAfterMs` says when to come back, if the provider said so. */
  | 'rate_limited'
  /** Understood and refused for good: repeating the same request cannot succeed. */
  | 'rejected'
  /** No answer in the time allowed. */
  | 'timeout'
  /** Our credentials were refused. */
  | 'unauthorized'
  /** The request itself is wrong, for example a number that does not exist. */
  | 'invalid_input'
  /** The thing asked about is not there. */
  | 'not_found';

/**
 * Whether the request may have had its effect all the same.
 * - `none`: certainly not; it may be tried again.
 * - `unknown`: perhaps (say, a time-out while a call was being created); ask the provider before trying again.
 */
export type ProviderEffect = 'none' | 'unknown';

export interface ProviderErrorDetails {
  readonly provider: string;
  readonly code: ProviderErrorCode;
  readonly effect: ProviderEffect;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
  readonly vendorCode?: string | undefined;
  readonly cause?: unknown;
}

/** The one error adapters throw when a provider fails. Vendor errors never leave an adapter except as `cause`. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly provider: string;
  readonly code: ProviderErrorCode;
  readonly effect: ProviderEffect;
  /** Milliseconds to wait before the next try, where the provider said so. */
  readonly retryAfterMs: number | undefined;
  /** The vendor's own code, for people and metrics. */
  readonly vendorCode: string | undefined;

  constructor(details: ProviderErrorDetails) {
    super(details.message, { cause: details.cause });
    this.provider = details.provider;
    this.code = details.code;
    this.effect = details.effect;
    this.retryAfterMs = details.retryAfterMs;
    this.vendorCode = details.vendorCode;
  }

  /** True where the cause may pass. Whether the request may simply be repeated is for `effect`, or idempotency, to say. */
  get transient(): boolean {
    return this.code === 'unavailable' || this.code === 'rate_limited' || this.code === 'timeout';
  }
}

/** A webhook whose signature was right and whose content is not what its kind must hold. */
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
