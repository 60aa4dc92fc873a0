import { Injectable } from '@nestjs/common';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import { Clock } from '#libs/clock/clock.js';
import { ProviderError } from '#libs/ports/errors.js';
import { type SentSms, SmsSender } from '#libs/ports/sms.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import type { MessageWork } from './message-work-schedule.js';
import { SuppressedNumberRepository } from '../suppression/suppression.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { toSmsStatusUrl } from '../carrier/carrier.module.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { transitionTo, startSending } from './message.js';
import { MessageRepository } from './message.repository.js';
import { RecordFailedMessage } from './record-failed-message.js';
import { RecordSentMessage } from './record-sent-message.js';
import { findNextTextTime, TOO_LATE_REASON } from './next-text-time.js';

/**
 * Sends a text message, at most once: the intent is committed before the request is sent, and a message with an intent
 * is not sent again before it is reconciled with the carrier.
 */
@Injectable()
export class SendSms {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: MessageRepository,
    private readonly suppressed: SuppressedNumberRepository,
    private readonly work: MessageWorkSchedule,
    private readonly recordSent: RecordSentMessage,
    private readonly recordFailed: RecordFailedMessage,
    private readonly sender: SmsSender,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<MessageWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { notificationId } = item.payload;
    const message = await this.transactions.run(async (tx) => {
      await item.complete(tx);
      return this.writeIntent(tx, await this.messages.load(organization, notificationId, tx), item);
    });
    if (!message) return;
    const result = await this.send(message);
    if (result instanceof ProviderError) await this.recordFailed.execute(organization, notificationId, result);
    else await this.recordSent.execute(organization, notificationId, result);
  }

  /**
   * Commits the intent to send the message. Customers who opted out get no texts; opt-outs do not apply to agents.
   * @returns the message to send now; `undefined` if it must not be sent, or not yet
   */
  private async writeIntent(
    tx: Transaction,
    message: MessageDocument,
    { organizationId: organization }: WorkItem<MessageWork>,
  ): Promise<MessageDocument | undefined> {
    if (message.state !== 'requested') return undefined;
    const now = this.clock.now();
    const isCustomer = message.audience === 'customer';
    if (isCustomer && (await this.suppressed.isSuppressed(organization, message.to, tx))) {
      await this.messages.apply(tx, transitionTo(message, 'suppressed', now, 'the number opted out'));
      return undefined;
    }
    if (message.about) {
      // An outage may have delayed the text past its planned time, so the calling hours are checked again.
      const sendAt = findNextTextTime(message.about, now);
      if (!sendAt) {
        await this.messages.apply(tx, transitionTo(message, 'suppressed', now, TOO_LATE_REASON));
        return undefined;
      }
      if (sendAt > now) {
        await this.work.send(tx, message, sendAt);
        return undefined;
      }
    }
    const sendingMessage = await this.messages.save(tx, organization, startSending(message, now));
    await this.work.reconcile(tx, sendingMessage, new Date(now.getTime() + this.settings.settleMs));
    return sendingMessage;
  }

  private async send({ _id, to, body }: MessageDocument): Promise<SentSms | ProviderError> {
    try {
      return await this.sender.send({
        to,
        from: this.settings.ownNumber,
        body,
        statusCallbackUrl: toSmsStatusUrl(this.settings.publicUrl, _id),
        clientReference: _id,
      });
    } catch (error) {
      if (error instanceof ProviderError) return error;
      throw error;
    }
  }
}
