import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { WebhookParams } from '#libs/ports/voice-carrier.js';
import { WebhookMetrics } from './webhook-metrics.js';
import { StrayCallbackRepository } from './stray-callback.repository.js';

/** Keeps a genuine webhook about something we do not know: after a restore it may be all we have of a call. */
@Injectable()
export class KeepStrayCallback {
  private readonly logger = new Logger(KeepStrayCallback.name);

  constructor(
    private readonly strays: StrayCallbackRepository,
    private readonly metrics: WebhookMetrics,
    private readonly clock: Clock,
  ) {}

  async execute(kind: string, reference: string, params: WebhookParams): Promise<void> {
    await this.strays.keep({ kind, reference, params: { ...params }, receivedAt: this.clock.now() });
    this.metrics.strayWebhook(kind);
    this.logger.warn({ kind, reference }, 'Kept a webhook about something unknown.');
  }
}
