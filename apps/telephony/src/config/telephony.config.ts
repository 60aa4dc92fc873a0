import { ChoiceField, IntegerField, PhoneField, TextField } from '#libs/contracts/fields/index.js';
import { HTTP_URL, RecordingStoreConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

/** Telephony's environment. */
export class TelephonyConfig extends RecordingStoreConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;

  /** Base URL of telephony's webhooks as the carrier sees them: signatures are computed over it. */
  @TextField(HTTP_URL) PUBLIC_URL!: string;
  /** Base URL by which people listen to recordings, such as a CDN's before telephony. By default `PUBLIC_URL`. */
  @TextField({ ...HTTP_URL, optional: true }) LISTENING_URL?: string;

  @ChoiceField(['twilio']) VOICE_CARRIER!: 'twilio';
  @ChoiceField(['twilio']) SMS!: 'twilio';
  /** Another origin of the carrier's REST API; the carrier's own by default. */
  @TextField({ ...HTTP_URL, optional: true }) TWILIO_BASE_URL?: string;
  @TextField({ pattern: /^AC[0-9a-fA-F]{32}$/, patternMeaning: 'AC and 32 hexadecimal digits' })
  TWILIO_ACCOUNT_SID!: string;
  @TextField({ min: 16, max: 200 }) TWILIO_AUTH_TOKEN!: string;
  /** The token before the last rotation: webhooks signed with it are still believed. */
  @TextField({ optional: true, min: 16, max: 200 }) TWILIO_AUTH_TOKEN_PREVIOUS?: string;
  @PhoneField() TWILIO_PHONE_NUMBER!: string;

  /** How long one request to the carrier may take. */
  @IntegerField({ optional: true, min: 100 }) CARRIER_TIMEOUT_MS: number = 10_000;
  /**
   * How long after a create request without an answer its effect may still show up in the carrier's listing. In
   * production CARRIER_TIMEOUT_MS plus 60 s or more: what is missing in the listing then was certainly never created.
   */
  @IntegerField({ optional: true, min: 200 }) CARRIER_SETTLE_MS: number = 75_000;

  /**
   * Where the carrier asks what to do when telephony does not answer: a document that lies elsewhere, so that it is there when
   * we are not. By default telephony itself, which helps only when a single answer broke.
   */
  @TextField({ ...HTTP_URL, optional: true }) VOICE_FALLBACK_URL?: string;
  /** Calls that the carrier is asked for in a second, over all replicas: what the account may. A new one may 1. */
  @IntegerField({ optional: true, min: 1, max: 1_000 }) CARRIER_CALLS_PER_SECOND: number = 1;
  /** Calls under way at the same time. */
  @IntegerField({ optional: true, min: 1, max: 100_000 }) CARRIER_CONCURRENT_CALLS: number = 500;
  /** How long a call may ring. */
  @IntegerField({ optional: true, min: 5, max: 120 }) RING_SECONDS: number = 25;
  /** The longest the carrier may hold a call back before it rings. */
  @IntegerField({ optional: true, min: 0, max: 600 }) DIAL_MARGIN_SECONDS: number = 60;
  /** How often the carrier is asked about a call of which nothing more was heard. */
  @IntegerField({ optional: true, min: 1, max: 3600 }) CALL_WATCH_SECONDS: number = 30;
  /** How long after a call's end its recording is asked for, and how long between two tries. */
  @IntegerField({ optional: true, min: 1, max: 3600 }) RECORDING_SEARCH_SECONDS: number = 30;
}

export const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** What single variables cannot say. @returns every mistake */
export function mistakesOf(config: TelephonyConfig): string[] {
  return config.CARRIER_SETTLE_MS > config.CARRIER_TIMEOUT_MS
    ? []
    : ['CARRIER_SETTLE_MS must be greater than CARRIER_TIMEOUT_MS: a request under way may still take effect'];
}

/** The account at the carrier, as its adapters want it. */
export const carrierAccount = (
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
