import { Injectable } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { SentSms } from '#libs/ports/sms.js';
import { applyStatusReport } from './message.js';
import { MessageRepository } from './message.repository.js';

/** Records that the carrier accepted the message. Status callbacks may have arrived already. */
@Injectable()
export class RecordSentMessage {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: MessageRepository,
    private readonly clock: Clock,
  ) {}

  async execute(organization: OrganizationId, notificationId: string, sentSms: SentSms): Promise<void> {
    const { messageId: carrierMessageId, status, segments } = sentSms;
    await this.transactions.run(async (tx) => {
      const message = await this.messages.load(organization, notificationId, tx);
      await this.messages.apply(
        tx,
        applyStatusReport(message, { carrierMessageId, status, segments }, this.clock.now()),
      );
    });
  }
}
