import { Body, Header, HttpCode, Post, Query } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { ApplyCallStatus } from '../call-reports/call-reports.module.js';
import { ringBackIdOf } from './received-call.js';
import { ReceiveCall } from './receive-call.js';
import { CarrierWebhook, XML } from '../carrier/carrier.module.js';

/** Calls to our number: what to say, and how they go. Both addresses are set at the number, see docs/going-live.md. */
@CarrierWebhook()
export class InboundCallsController {
  constructor(
    private readonly receiveCall: ReceiveCall,
    private readonly applyStatus: ApplyCallStatus,
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
    await this.applyStatus.execute(ringBackIdOf(report.carrierCallId), report);
  }
}
