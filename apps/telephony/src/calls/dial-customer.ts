import { Inject, Injectable, Logger } from '@nestjs/common';
import { ProviderError } from '#libs/ports/errors.js';
import type { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { VOICE_CARRIER } from '../ports.js';
import { DIAL_QUEUE, type AttemptWork } from '../queues.js';
import { TELEPHONY_SETTINGS, type TelephonySettings } from '../telephony.config.js';
import { callUrls } from '../webhooks/webhook-urls.js';
import type { CallLog } from './call-log.js';
import { DialIntent } from './dial-intent.js';
import { RecordDialResult } from './record-dial-result.js';

/**
 * Rings the customer, at most once for an attempt whatever dies: that the request is about to be sent is committed
 * before it is sent, and an attempt so marked is never dialled, only reconciled with the carrier.
 */
@Injectable()
export class DialCustomer {
  private readonly logger = new Logger(DialCustomer.name);

  constructor(
    @Inject(DialIntent) private readonly intent: DialIntent,
    @Inject(RecordDialResult) private readonly recordResult: RecordDialResult,
    @Inject(VOICE_CARRIER) private readonly carrier: VoiceCarrier,
    @Inject(TELEPHONY_SETTINGS) private readonly settings: TelephonySettings,
  ) {}

  @WorkHandler(DIAL_QUEUE, 'dial-customer')
  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const callLog = await this.intent.write(item);
    if (!callLog) return;
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const placed = await this.place(callLog);
    if (placed instanceof ProviderError) await this.recordResult.failed(organization, attemptId, placed);
    else await this.recordResult.accepted(organization, attemptId, placed.carrierCallId);
  }

  private async place({ _id: attemptId, phone }: CallLog): Promise<{ carrierCallId: string } | ProviderError> {
    const urls = callUrls(this.settings.publicUrl, attemptId);
    try {
      return await this.carrier.placeCall({
        to: phone,
        from: this.settings.ownNumber,
        voiceUrl: urls.voice(),
        fallbackUrl: urls.fallback,
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
