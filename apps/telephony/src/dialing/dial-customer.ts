import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { ProviderError } from '#libs/ports/errors.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem, WorkLease } from '#libs/work-queue/index.js';
import type { AttemptWork, CallLog } from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { callUrls } from '../carrier/carrier.module.js';
import { WriteDialIntent } from './write-dial-intent.js';
import { DialPace } from './dial-pace.js';
import { RecordFailedDial } from './record-failed-dial.js';
import { RecordPlacedCall } from './record-placed-call.js';

/** Whoever has no turn yet comes back after this, or up to twice as long, so that not all come back at once. */
const LATER_MS = 5_000;

/**
 * Rings the customer, at most once for an attempt whatever dies: that the request is about to be sent is committed
 * before it is sent, and an attempt so marked is never dialled, only reconciled with the carrier.
 */
@Injectable()
export class DialCustomer {
  private readonly logger = new Logger(DialCustomer.name);

  constructor(
    private readonly pace: DialPace,
    private readonly writeIntent: WriteDialIntent,
    private readonly recordPlaced: RecordPlacedCall,
    private readonly recordFailed: RecordFailedDial,
    private readonly carrier: VoiceCarrier,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<AttemptWork>, { signal }: WorkLease): Promise<{ retryAt: Date } | undefined> {
    const waitMs = await this.pace.takeTurn();
    if (waitMs === null) return { retryAt: new Date(this.clock.now().getTime() + LATER_MS * (1 + Math.random())) };
    if (waitMs > 0) await delay(waitMs, undefined, { signal });
    // Whether the call is lawful is judged after the waiting.
    const callLog = await this.writeIntent.execute(item);
    if (!callLog) return undefined;
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const placed = await this.place(callLog);
    this.notice(placed);
    if (placed instanceof ProviderError) await this.recordFailed.execute(organization, attemptId, placed);
    else await this.recordPlaced.execute(organization, attemptId, placed.carrierCallId);
    return undefined;
  }

  /** A refusal of this one call says nothing of the carrier. */
  private notice(placed: object): void {
    if (!(placed instanceof ProviderError)) this.pace.carrierAnswered();
    else if (placed.transient || placed.effect === 'unknown') this.pace.carrierFailed();
  }

  private async place({ _id: attemptId, phone }: CallLog): Promise<{ carrierCallId: string } | ProviderError> {
    const urls = callUrls(this.settings.publicUrl, attemptId);
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
      this.logger.warn({ attemptId, code, effect, vendorCode }, 'The carrier did not take the call.');
      return error;
    }
  }
}
