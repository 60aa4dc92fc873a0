import { ChoiceField, IntegerField, PhoneField, TextField } from '#libs/contracts/fields/index.js';
import { HTTP_URL, RecordingStoreConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

/** Telephony's environment variables. */
export class TelephonyConfig extends RecordingStoreConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;

  /** Base URL of telephony's webhooks as the carrier sees them. Webhook signatures cover it. */
  @TextField(HTTP_URL) PUBLIC_URL!: string;
  /** Base URL of recording links, such as that of a CDN in front of telephony. Defaults to `PUBLIC_URL`. */
  @TextField({ ...HTTP_URL, optional: true }) LISTENING_URL?: string;

  @ChoiceField(['twilio']) VOICE_CARRIER!: 'twilio';
  @ChoiceField(['twilio']) SMS!: 'twilio';
  /** Origin of the carrier's REST API. Defaults to the carrier's own. */
  @TextField({ ...HTTP_URL, optional: true }) TWILIO_BASE_URL?: string;
  @TextField({ pattern: /^AC[0-9a-fA-F]{32}$/, patternMeaning: 'AC and 32 hexadecimal digits' })
  TWILIO_ACCOUNT_SID!: string;
  @TextField({ min: 16, max: 200 }) TWILIO_AUTH_TOKEN!: string;
  /** The auth token before the last rotation. Webhooks signed with it are still accepted. */
  @TextField({ optional: true, min: 16, max: 200 }) TWILIO_AUTH_TOKEN_PREVIOUS?: string;
  @PhoneField() TWILIO_PHONE_NUMBER!: string;

  /** Timeout of one request to the carrier. */
  @IntegerField({ optional: true, min: 100 }) CARRIER_TIMEOUT_MS: number = 10_000;
  /**
   * How long after a create request without a response its call may still appear in the carrier's listing. In
   * production at least CARRIER_TIMEOUT_MS plus 60 s: a call that is still missing in the listing was certainly never
   * created.
   */
  @IntegerField({ optional: true, min: 200 }) CARRIER_SETTLE_MS: number = 75_000;

  /**
   * URL that the carrier calls when telephony does not answer a voice webhook. Should be a document hosted elsewhere,
   * so that it is available when telephony is not. Defaults to telephony itself, which helps only if a single request
   * failed.
   */
  @TextField({ ...HTTP_URL, optional: true }) VOICE_FALLBACK_URL?: string;
  /** Create requests per second over all replicas, as the carrier account permits. The limit of new accounts is 1. */
  @IntegerField({ optional: true, min: 1, max: 1_000 }) CARRIER_CALLS_PER_SECOND: number = 1;
  /** Maximum number of concurrent calls. */
  @IntegerField({ optional: true, min: 1, max: 100_000 }) CARRIER_CONCURRENT_CALLS: number = 500;
  /** Maximum ring time of a call. */
  @IntegerField({ optional: true, min: 5, max: 120 }) RING_SECONDS: number = 25;
  /** Maximum time that the carrier may queue a call before it rings. */
  @IntegerField({ optional: true, min: 0, max: 600 }) DIAL_MARGIN_SECONDS: number = 60;
  /** Interval at which the carrier is polled about a call without reports. */
  @IntegerField({ optional: true, min: 1, max: 3600 }) CALL_WATCH_SECONDS: number = 30;
  /** Delay after the end of a call before its recording is searched for, and interval between searches. */
  @IntegerField({ optional: true, min: 1, max: 3600 }) RECORDING_SEARCH_SECONDS: number = 30;
}

export const withoutTrailingSlash = (url: string): string => url.replace(/\/+$/, '');

/**
 * Checks constraints between variables.
 * @returns one message per violation
 */
export function findConfigErrors(config: TelephonyConfig): string[] {
  return config.CARRIER_SETTLE_MS > config.CARRIER_TIMEOUT_MS
    ? []
    : ['CARRIER_SETTLE_MS must be greater than CARRIER_TIMEOUT_MS: a pending request may still take effect'];
}

/** Maps the configuration to the carrier account that the adapters take. */
export const toCarrierAccount = (
  config: TelephonyConfig,
): {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiBaseUrl: string | undefined;
  readonly timeoutMs: number;
} => ({
  accountSid: config.TWILIO_ACCOUNT_SID,
  authToken: config.TWILIO_AUTH_TOKEN,
  apiBaseUrl: config.TWILIO_BASE_URL,
  timeoutMs: config.CARRIER_TIMEOUT_MS,
});
