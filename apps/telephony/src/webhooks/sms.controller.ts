import { Body, Header, HttpCode, Param, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { ApplyMessageReport } from '../messages/apply-message-report.js';
import { ReceiveMessage } from '../messages/receive-message.js';
import { CarrierWebhook, EMPTY_DOCUMENT, XML } from './carrier-webhook.js';
import { KeepStrayCallback } from './keep-stray-callback.js';

/** Text messages: what became of ours, and what people write to us. */
@CarrierWebhook()
export class SmsController {
  constructor(
    private readonly applyReport: ApplyMessageReport,
    private readonly receiveMessage: ReceiveMessage,
    private readonly keepStray: KeepStrayCallback,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('sms/status/:notificationId')
  @HttpCode(204)
  async status(@Param('notificationId') notificationId: string, @Body() body: WebhookParams): Promise<void> {
    const known = await this.applyReport.execute(notificationId, this.webhooks.parseMessageStatus(body));
    if (!known) await this.keepStray.execute('sms_status', notificationId, body);
  }

  @Post('sms/inbound')
  @HttpCode(200)
  @Header('content-type', XML)
  async inbound(@Body() body: WebhookParams): Promise<string> {
    const reply = await this.receiveMessage.execute(this.webhooks.parseInboundMessage(body));
    return reply === undefined ? EMPTY_DOCUMENT : this.webhooks.renderMessage(reply);
  }
}
