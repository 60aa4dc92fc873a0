import { Inject, Injectable } from '@nestjs/common';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import { Clock } from '#libs/clock/clock.js';
import { ProviderError } from '#libs/ports/errors.js';
import { type SentSms, SmsSender } from '#libs/ports/sms.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { CALL_QUEUE, type MessageWork } from '../queues.js';
import { SuppressedNumberRepository } from '../suppression/suppressed-number.repository.js';
import { TELEPHONY_SETTINGS, type TelephonySettings } from '../telephony.config.js';
import { smsStatusUrl } from '../webhooks/webhook-urls.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { become, startSending } from './message.js';
import { MessageRepository } from './message.repository.js';
import { RecordSmsResult } from './record-sms-result.js';
import { textMoment, TOO_LATE } from './text-moment.js';

/**
 * Sends a text message, at most once: that the request is about to be sent is committed before it is sent, and a message
 * so marked is only reconciled with the carrier, never simply sent again.
 */
@Injectable()
export class SendSms {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: MessageRepository,
    private readonly suppressed: SuppressedNumberRepository,
    private readonly work: MessageWorkSchedule,
    private readonly recordResult: RecordSmsResult,
    private readonly sender: SmsSender,
    @Inject(TELEPHONY_SETTINGS) private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  @WorkHandler(CALL_QUEUE, 'send-sms')
  async execute(item: WorkItem<MessageWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { notificationId } = item.payload;
    const message = await this.transactions.run(async (tx) => {
      await item.complete(tx);
      return this.intend(tx, await this.messages.load(organization, notificationId, tx), item);
    });
    if (!message) return;
    const sent = await this.send(message);
    if (sent instanceof ProviderError) await this.recordResult.failed(organization, notificationId, sent);
    else await this.recordResult.accepted(organization, notificationId, sent);
  }

  /** Customers who opted out get nothing; agents are told what they need for their work. */
  private async intend(
    tx: Transaction,
    message: MessageDocument,
    { organizationId: organization }: WorkItem<MessageWork>,
  ): Promise<MessageDocument | undefined> {
    if (message.state !== 'requested') return undefined;
    const now = this.clock.now();
    const isCustomer = message.audience === 'customer';
    if (isCustomer && (await this.suppressed.isSuppressed(organization, message.to, tx))) {
      await this.messages.apply(tx, become(message, 'suppressed', now, 'the number opted out'));
      return undefined;
    }
    if (message.about) {
      // The hour may be another than when it was planned: whoever was down over the evening writes to nobody at night.
      const moment = textMoment(message.about, now);
      if (!moment) {
        await this.messages.apply(tx, become(message, 'suppressed', now, TOO_LATE));
        return undefined;
      }
      if (moment > now) {
        await this.work.send(tx, message, moment);
        return undefined;
      }
    }
    const sending = await this.messages.save(tx, organization, startSending(message, now));
    await this.work.reconcile(tx, sending, new Date(now.getTime() + this.settings.settleMs));
    return sending;
  }

  private async send({ _id, to, body }: MessageDocument): Promise<SentSms | ProviderError> {
    try {
      return await this.sender.send({
        to,
        from: this.settings.ownNumber,
        body,
        statusCallbackUrl: smsStatusUrl(this.settings.publicUrl, _id),
        clientReference: _id,
      });
    } catch (error) {
      if (error instanceof ProviderError) return error;
      throw error;
    }
  }
}
