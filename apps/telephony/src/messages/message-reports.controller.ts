import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { CarrierWebhook, KeepUnmatchedCallback } from '../carrier/carrier.module.js';
import { ApplyMessageReport } from './apply-message-report.js';

/** Webhook by which the carrier reports the status of text messages. */
@CarrierWebhook()
export class MessageReportsController {
  constructor(
    private readonly applyReport: ApplyMessageReport,
    private readonly keepUnmatched: KeepUnmatchedCallback,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('sms/status/:notificationId')
  @HttpCode(204)
  async status(@Param('notificationId') notificationId: string, @Body() body: WebhookParams): Promise<void> {
    const isKnown = await this.applyReport.execute(notificationId, this.webhooks.parseMessageStatus(body));
    if (!isKnown) await this.keepUnmatched.execute('sms_status', notificationId, body);
  }
}
