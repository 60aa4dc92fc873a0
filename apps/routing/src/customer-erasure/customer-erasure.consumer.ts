import { Controller } from '@nestjs/common';
import {
  AnalyticsCustomerErased,
  NotificationsCustomerErased,
  TelephonyCustomerErased,
  TranscriptionCustomerErased,
  type ErasureReport,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { RecordErasureReport } from './record-erasure-report.js';

/** Records the reports of other apps that they erased their part of a customer's data. */
@Controller()
export class CustomerErasureConsumer {
  constructor(private readonly recordReport: RecordErasureReport) {}

  @OnEvent(TelephonyCustomerErased)
  onTelephonyErased({ payload }: EventEnvelope<ErasureReport>, { organizationId, tx }: EventContext): Promise<void> {
    return this.recordReport.execute(organizationId, 'telephony', payload, tx);
  }

  @OnEvent(TranscriptionCustomerErased)
  onTranscriptionErased(
    { payload }: EventEnvelope<ErasureReport>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.recordReport.execute(organizationId, 'transcription', payload, tx);
  }

  @OnEvent(NotificationsCustomerErased)
  onNotificationsErased(
    { payload }: EventEnvelope<ErasureReport>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.recordReport.execute(organizationId, 'notifications', payload, tx);
  }

  @OnEvent(AnalyticsCustomerErased)
  onAnalyticsErased({ payload }: EventEnvelope<ErasureReport>, { organizationId, tx }: EventContext): Promise<void> {
    return this.recordReport.execute(organizationId, 'analytics', payload, tx);
  }
}
