import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { ApplyCallReport } from '../calls/apply-call-report.js';
import { RegisterRecording } from '../recordings/register-recording.js';
import { CarrierWebhook } from './carrier-webhook.js';
import { KeepStrayCallback } from './keep-stray-callback.js';

/** What the carrier reports about a call: its status, who picked up, its recording. */
@CarrierWebhook()
export class CallReportsController {
  constructor(
    private readonly applyReport: ApplyCallReport,
    private readonly registerRecording: RegisterRecording,
    private readonly keepStray: KeepStrayCallback,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('status/:attemptId')
  @HttpCode(204)
  async status(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const known = await this.applyReport.status(attemptId, this.webhooks.parseCallStatus(body));
    if (!known) await this.keepStray.execute('status', attemptId, body);
  }

  @Post('amd/:attemptId')
  @HttpCode(204)
  async answeringMachine(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const known = await this.applyReport.answeringMachine(attemptId, this.webhooks.parseAmd(body));
    if (!known) await this.keepStray.execute('amd', attemptId, body);
  }

  @Post('recording/:attemptId')
  @HttpCode(204)
  async recording(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const known = await this.registerRecording.report(attemptId, this.webhooks.parseRecordingStatus(body));
    if (!known) await this.keepStray.execute('recording', attemptId, body);
  }
}
