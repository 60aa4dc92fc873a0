import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { MessageStatusEvent } from '#libs/ports/voice-carrier.js';
import { applyStatusReport } from './message.js';
import { MessageRepository } from './message.repository.js';

/** Applies a status callback of the carrier. */
@Injectable()
export class ApplyMessageReport {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: MessageRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns false if the message is unknown */
  async execute(notificationId: string, event: MessageStatusEvent): Promise<boolean> {
    const { messageId: carrierMessageId, status, vendorErrorCode: carrierErrorCode } = event;
    return this.transactions.run(async (tx) => {
      const message = await this.messages.findInAnyOrganization(notificationId, tx);
      if (!message) return false;
      await this.messages.apply(
        tx,
        applyStatusReport(message, { carrierMessageId, status, carrierErrorCode }, this.clock.now()),
      );
      return true;
    });
  }
}
