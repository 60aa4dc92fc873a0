import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { CarrierWebhook, KeepStrayCallback } from '../carrier/carrier.module.js';
import { ApplyAnsweredBy } from './apply-answered-by.js';
import { ApplyCallStatus } from './apply-call-status.js';

/** What the carrier reports about a call: its status, and who picked up. */
@CarrierWebhook()
export class CallReportsController {
  constructor(
    private readonly applyStatus: ApplyCallStatus,
    private readonly applyAnsweredBy: ApplyAnsweredBy,
    private readonly keepStray: KeepStrayCallback,
    private readonly webhooks: CarrierWebhooks,
  ) {}

  @Post('status/:attemptId')
  @HttpCode(204)
  async status(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const known = await this.applyStatus.execute(attemptId, this.webhooks.parseCallStatus(body));
    if (!known) await this.keepStray.execute('status', attemptId, body);
  }

  @Post('amd/:attemptId')
  @HttpCode(204)
  async answeringMachine(@Param('attemptId') attemptId: string, @Body() body: WebhookParams): Promise<void> {
    const known = await this.applyAnsweredBy.execute(attemptId, this.webhooks.parseAmd(body));
    if (!known) await this.keepStray.execute('amd', attemptId, body);
  }
}
