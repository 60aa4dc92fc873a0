import { Injectable } from '@nestjs/common';
import { TelephonyConfig, withoutTrailingSlash } from './telephony.config.js';

/** Settings of the use cases. Each is documented at its environment variable in `TelephonyConfig`. */
@Injectable()
export class TelephonySettings {
  /** Base URL of the webhooks, without a trailing slash. */
  readonly publicUrl: string;
  readonly ownNumber: string;
  readonly fallbackUrl: string | undefined;
  readonly settleMs: number;
  readonly callsPerSecond: number;
  readonly concurrentCalls: number;
  readonly ringSeconds: number;
  readonly queueMarginSeconds: number;
  readonly watchSeconds: number;
  readonly recordingSearchSeconds: number;

  constructor(config: TelephonyConfig) {
    this.publicUrl = withoutTrailingSlash(config.PUBLIC_URL);
    this.ownNumber = config.TWILIO_PHONE_NUMBER;
    this.fallbackUrl = config.VOICE_FALLBACK_URL;
    this.settleMs = config.CARRIER_SETTLE_MS;
    this.callsPerSecond = config.CARRIER_CALLS_PER_SECOND;
    this.concurrentCalls = config.CARRIER_CONCURRENT_CALLS;
    this.ringSeconds = config.RING_SECONDS;
    this.queueMarginSeconds = config.DIAL_MARGIN_SECONDS;
    this.watchSeconds = config.CALL_WATCH_SECONDS;
    this.recordingSearchSeconds = config.RECORDING_SEARCH_SECONDS;
  }
}
