import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { CarrierWebhook, KeepStrayCallback } from '../carrier/carrier.module.js';
import { ApplyRecordingReport } from './apply-recording-report.js';

/** What the carrier reports about a recording. */
@CarrierWebhook()
export class RecordingReportsController {
  constructor(
    private readonly applyReport: ApplyRecordingReport,
    private readonly keepStray: KeepStrayCallback,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('recording/:attemptId')
  @HttpCode(204)
  async recording(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const known = await this.applyReport.execute(attemptId, this.webhooks.parseRecordingStatus(body));
    if (!known) await this.keepStray.execute('recording', attemptId, body);
  }
}
