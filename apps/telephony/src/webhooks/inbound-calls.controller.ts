import { Body, Header, HttpCode, Post, Query } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { ApplyCallReport } from '../calls/apply-call-report.js';
import { ringBackIdOf } from '../calls/call-log.js';
import { ReceiveCall } from '../conversation/receive-call.js';
import { CarrierWebhook, XML } from './carrier-webhook.js';

/** Calls to our number: what to say, and how they go. Both addresses are set at the number, see docs/going-live.md. */
@CarrierWebhook()
export class InboundCallsController {
  constructor(
    private readonly receiveCall: ReceiveCall,
    private readonly applyReport: ApplyCallReport,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('calls/inbound')
  @HttpCode(200)
  @Header('content-type', XML)
  begin(@Query() query: WebhookParams, @Body() body: WebhookParams): Promise<string> {
    return this.receiveCall.execute(this.webhooks.parseVoiceRequest(body), this.webhooks.parseVoiceInput(body, query));
  }

  /** Of a caller with whom there was nothing to settle nothing is kept, and so nothing is reported. */
  @Post('calls/inbound/status')
  @HttpCode(204)
  async status(@Body() body: WebhookParams): Promise<void> {
    const report = this.webhooks.parseCallStatus(body);
    await this.applyReport.status(ringBackIdOf(report.carrierCallId), report);
  }
}
