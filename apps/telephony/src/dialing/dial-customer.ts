import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { ProviderError } from '#libs/ports/errors.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem, WorkLease } from '#libs/work-queue/index.js';
import type { AttemptWork, CallLog } from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { createCallUrls } from '../carrier/carrier.module.js';
import { WriteDialIntent } from './write-dial-intent.js';
import { DialRateLimiter } from './dial-rate-limiter.js';
import { RecordFailedDial } from './record-failed-dial.js';
import { RecordPlacedCall } from './record-placed-call.js';

/**
 * Minimum delay of an attempt that gets no slot. Up to the same time is added at random, so that attempts do not retry
 * together.
 */
const RETRY_DELAY_MS = 5_000;

/**
 * Dials the customer, at most once for an attempt even if a process crashes: the intent is committed before the request
 * is sent, and an attempt with an intent is never dialed again, only reconciled with the carrier.
 */
@Injectable()
export class DialCustomer {
  private readonly logger = new Logger(DialCustomer.name);

  constructor(
    private readonly rateLimiter: DialRateLimiter,
    private readonly writeIntent: WriteDialIntent,
    private readonly recordPlaced: RecordPlacedCall,
    private readonly recordFailed: RecordFailedDial,
    private readonly carrier: VoiceCarrier,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<AttemptWork>, { signal }: WorkLease): Promise<{ retryAt: Date } | undefined> {
    const waitMs = await this.rateLimiter.reserveSlot();
    if (waitMs === null)
      return { retryAt: new Date(this.clock.now().getTime() + RETRY_DELAY_MS * (1 + Math.random())) };
    if (waitMs > 0) await delay(waitMs, undefined, { signal });
    // Judges whether the call is lawful, after the wait, because calling hours may end during it.
    const callLog = await this.writeIntent.execute(item);
    if (!callLog) return undefined;
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const result = await this.place(callLog);
    this.updateBreaker(result);
    if (result instanceof ProviderError) await this.recordFailed.execute(organization, attemptId, result);
    else await this.recordPlaced.execute(organization, attemptId, result.carrierCallId);
    return undefined;
  }

  /** A refusal of one call is not a failure of the carrier. */
  private updateBreaker(result: object): void {
    if (!(result instanceof ProviderError)) this.rateLimiter.recordSuccess();
    else if (result.transient || result.effect === 'unknown') this.rateLimiter.recordFailure();
  }

  private async place({ _id: attemptId, phone }: CallLog): Promise<{ carrierCallId: string } | ProviderError> {
    const urls = createCallUrls(this.settings.publicUrl, attemptId);
    try {
      return await this.carrier.placeCall({
        to: phone,
        from: this.settings.ownNumber,
        voiceUrl: urls.voice(),
        fallbackUrl: this.settings.fallbackUrl ?? urls.fallback,
        statusCallbackUrl: urls.status,
        recordingCallbackUrl: urls.recording,
        amdCallbackUrl: urls.amd,
        ringSeconds: this.settings.ringSeconds,
        record: false,
      });
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const { code, effect, vendorCode } = error;
      this.logger.warn({ attemptId, code, effect, vendorCode }, 'Call not placed.');
      return error;
    }
  }
}
