import { Body, Header, HttpCode, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { CarrierWebhook, EMPTY_DOCUMENT, XML_CONTENT_TYPE } from '../carrier/carrier.module.js';
import { ReceiveMessage } from './receive-message.js';

/** Webhook of inbound text messages. */
@CarrierWebhook()
export class InboundMessagesController {
  constructor(
    private readonly receiveMessage: ReceiveMessage,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('sms/inbound')
  @HttpCode(200)
  @Header('content-type', XML_CONTENT_TYPE)
  async inbound(@Body() body: WebhookParams): Promise<string> {
    const reply = await this.receiveMessage.execute(this.webhooks.parseInboundMessage(body));
    return reply === undefined ? EMPTY_DOCUMENT : this.webhooks.renderMessage(reply);
  }
}
