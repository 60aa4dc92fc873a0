import { Inject, Injectable } from '@nestjs/common';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { InboundMessage } from '#libs/ports/voice-carrier.js';
import { EVERY_ORGANIZATION, SuppressedNumberRepository } from '../suppression/suppressed-number.repository.js';
import { InboundMessageRepository } from './inbound-message.repository.js';
import { keywordOf } from './keyword.js';

/** Keeps what somebody wrote to us, and honours STOP and START at once. */
@Injectable()
export class ReceiveMessage {
  constructor(
    @Inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @Inject(InboundMessageRepository) private readonly inbound: InboundMessageRepository,
    @Inject(SuppressedNumberRepository) private readonly numbers: SuppressedNumberRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(message: InboundMessage): Promise<void> {
    await this.transactions.run(async (tx) => {
      const { messageId: _id, from, to, body } = message;
      const keyword = message.keyword ?? keywordOf(body);
      const kept = { _id, from, to, body, ...(keyword ? { keyword } : {}), receivedAt: this.clock.now() };
      if (await this.inbound.keep(kept, tx)) await this.honour(tx, from, keyword);
    });
  }

  private async honour(tx: Transaction, from: string, keyword: InboundMessage['keyword']): Promise<void> {
    if (keyword === 'stop') await this.numbers.suppress(EVERY_ORGANIZATION, from, 'sms', this.clock.now(), tx);
    if (keyword === 'start') await this.numbers.allowAgain(from, tx);
  }
}
