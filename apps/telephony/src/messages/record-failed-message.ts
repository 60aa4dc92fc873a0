import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { ProviderError } from '#libs/ports/errors.js';
import { toRetryDelayMs } from '../carrier/carrier.module.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { transitionTo, undoSending } from './message.js';
import { MessageRepository } from './message.repository.js';

/** Age after which an unsent message is no longer useful. */
const MAX_AGE_MS = 24 * 3_600_000;

/**
 * Records a failed request to send a message: the carrier rejected it, or its effect is unknown. Status callbacks may
 * have arrived already.
 */
@Injectable()
export class RecordFailedMessage {
  private readonly logger = new Logger(RecordFailedMessage.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: MessageRepository,
    private readonly work: MessageWorkSchedule,
    private readonly clock: Clock,
  ) {}

  async execute(organization: OrganizationId, notificationId: string, error: ProviderError): Promise<void> {
    const { code, effect, vendorCode } = error;
    this.logger.warn({ notificationId, code, effect, vendorCode }, 'Message not sent.');
    await this.transactions.run(async (tx) => {
      const message = await this.messages.load(organization, notificationId, tx);
      const now = this.clock.now();
      // A callback arrived before the failure, or the message is being reconciled.
      if (message.state !== 'sending' || message.carrierMessageId !== undefined) return;
      if (effect === 'unknown') {
        await this.messages.apply(tx, toUnknown(message, now));
      } else if ((error.transient || code === 'unauthorized') && isRecent(message.requestedAt, now)) {
        const resetMessage = await this.messages.save(tx, organization, undoSending(message));
        const delayMs = toRetryDelayMs(resetMessage.fruitlessTries, error.retryAfterMs);
        await this.work.send(tx, resetMessage, new Date(now.getTime() + delayMs));
      } else {
        await this.messages.apply(tx, transitionTo(message, 'failed', now, `carrier error ${vendorCode ?? code}`));
      }
    });
  }
}

const isRecent = (requestedAt: Date, now: Date): boolean => now.getTime() - requestedAt.getTime() < MAX_AGE_MS;

/**
 * `unknown` ranks below `sending`, since any later report of the carrier replaces it. The message is in `sending` here,
 * so its state is reset first; otherwise the transition would have no effect.
 */
function toUnknown(message: Parameters<typeof transitionTo>[0], now: Date): ReturnType<typeof transitionTo> {
  const { sentAt } = message;
  return transitionTo({ ...message, state: 'requested', ...(sentAt ? { sentAt } : {}) }, 'unknown', now, 'no answer');
}
