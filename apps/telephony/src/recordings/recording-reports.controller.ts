import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { CarrierWebhook, KeepUnmatchedCallback } from '../carrier/carrier.module.js';
import { ApplyRecordingReport } from './apply-recording-report.js';

/** Webhook by which the carrier reports the status of recordings. */
@CarrierWebhook()
export class RecordingReportsController {
  constructor(
    private readonly applyReport: ApplyRecordingReport,
    private readonly keepUnmatched: KeepUnmatchedCallback,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('recording/:attemptId')
  @HttpCode(204)
  async recording(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const isKnown = await this.applyReport.execute(attemptId, this.webhooks.parseRecordingStatus(body));
    if (!isKnown) await this.keepUnmatched.execute('recording', attemptId, body);
  }
}
