import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { WebhookParams } from '#libs/ports/voice-carrier.js';
import { WebhookMetrics } from './webhook-metrics.js';
import { UnmatchedCallbackRepository } from './unmatched-callback.repository.js';

/**
 * Stores a signed webhook about an unknown call, message or recording. After the database is restored from a backup,
 * the webhook may be the only record of a call.
 */
@Injectable()
export class KeepUnmatchedCallback {
  private readonly logger = new Logger(KeepUnmatchedCallback.name);

  constructor(
    private readonly callbacks: UnmatchedCallbackRepository,
    private readonly metrics: WebhookMetrics,
    private readonly clock: Clock,
  ) {}

  /** @param reference the attempt id or notification id in the webhook's path */
  async execute(kind: string, reference: string, params: WebhookParams): Promise<void> {
    await this.callbacks.keep({ kind, reference, params: { ...params }, receivedAt: this.clock.now() });
    this.metrics.recordUnmatchedWebhook(kind);
    this.logger.warn({ kind, reference }, 'Stored an unmatched callback.');
  }
}
