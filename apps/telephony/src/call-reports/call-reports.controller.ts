import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { CarrierWebhook, KeepUnmatchedCallback } from '../carrier/carrier.module.js';
import { ApplyAnsweredBy } from './apply-answered-by.js';
import { ApplyCallStatus } from './apply-call-status.js';

/** Webhooks by which the carrier reports the status of a call and who answered. */
@CarrierWebhook()
export class CallReportsController {
  constructor(
    private readonly applyStatus: ApplyCallStatus,
    private readonly applyAnsweredBy: ApplyAnsweredBy,
    private readonly keepUnmatched: KeepUnmatchedCallback,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('status/:attemptId')
  @HttpCode(204)
  async status(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const isKnown = await this.applyStatus.execute(attemptId, this.webhooks.parseCallStatus(body));
    if (!isKnown) await this.keepUnmatched.execute('status', attemptId, body);
  }

  @Post('amd/:attemptId')
  @HttpCode(204)
  async answeringMachine(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const isKnown = await this.applyAnsweredBy.execute(attemptId, this.webhooks.parseAmd(body));
    if (!isKnown) await this.keepUnmatched.execute('amd', attemptId, body);
  }
}
