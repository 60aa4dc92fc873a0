import { Body, Header, HttpCode, Post, Query } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { ApplyCallStatus } from '../call-reports/call-reports.module.js';
import { toInboundAttemptId } from './inbound-callback.js';
import { ReceiveCall } from './receive-call.js';
import { CarrierWebhook, XML_CONTENT_TYPE } from '../carrier/carrier.module.js';

/**
 * Webhooks of inbound calls: what to say, and their status. Both URLs are configured at the phone number, see
 * docs/going-live.md.
 */
@CarrierWebhook()
export class InboundCallsController {
  constructor(
    private readonly receiveCall: ReceiveCall,
    private readonly applyStatus: ApplyCallStatus,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('calls/inbound')
  @HttpCode(200)
  @Header('content-type', XML_CONTENT_TYPE)
  begin(@Query() query: WebhookParams, @Body() body: WebhookParams): Promise<string> {
    return this.receiveCall.execute(this.webhooks.parseVoiceRequest(body), this.webhooks.parseVoiceInput(body, query));
  }

  /** A call without an open question has no call log, so its status is not recorded. */
  @Post('calls/inbound/status')
  @HttpCode(204)
  async status(@Body() body: WebhookParams): Promise<void> {
    const report = this.webhooks.parseCallStatus(body);
    await this.applyStatus.execute(toInboundAttemptId(report.carrierCallId), report);
  }
}
