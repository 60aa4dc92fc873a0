import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { ProviderError } from '#libs/ports/errors.js';
import { tryAgainAfterMs } from '../carrier/carrier.module.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { become, undoSending } from './message.js';
import { MessageRepository } from './message.repository.js';

/** A message that could not be sent for so long says nothing useful any more. */
const WORTH_SENDING_MS = 24 * 3_600_000;

/** The carrier did not take the message, or nobody knows. Status callbacks may have been there first. */
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
    this.logger.warn({ notificationId, code, effect, vendorCode }, 'The carrier did not take the message.');
    await this.transactions.run(async (tx) => {
      const message = await this.messages.load(organization, notificationId, tx);
      const now = this.clock.now();
      // A callback was faster than the failure, or it is being reconciled.
      if (message.state !== 'sending' || message.carrierMessageId !== undefined) return;
      if (effect === 'unknown') {
        await this.messages.apply(tx, becomeUnknown(message, now));
      } else if ((error.transient || code === 'unauthorized') && isWorthSending(message.requestedAt, now)) {
        const again = await this.messages.save(tx, organization, undoSending(message));
        const afterMs = tryAgainAfterMs(again.fruitlessTries, error.retryAfterMs);
        await this.work.send(tx, again, new Date(now.getTime() + afterMs));
      } else {
        await this.messages.apply(tx, become(message, 'failed', now, `carrier error ${vendorCode ?? code}`));
      }
    });
  }
}

const isWorthSending = (requestedAt: Date, now: Date): boolean =>
  now.getTime() - requestedAt.getTime() < WORTH_SENDING_MS;

/** `unknown` ranks below `sending`, since any later word of the carrier replaces it; only a sent request leads here. */
function becomeUnknown(message: Parameters<typeof become>[0], now: Date): ReturnType<typeof become> {
  const { sentAt } = message;
  return become({ ...message, state: 'requested', ...(sentAt ? { sentAt } : {}) }, 'unknown', now, 'no answer');
}
