import { Injectable } from '@nestjs/common';
import { CodedError, DeadLetterRedriveRequested, RPC_ERROR_CODES, type Actor } from '#libs/contracts/index.js';
import { DeadLetters, type DeadLetter } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { organizationOfLetter } from './dead-letter.mapper.js';
import { INSTALLATION } from '../principals/principals.module.js';

/**
 * Gives an event that was given up to the app that failed on it, once more. Who asked for it is written down first: a
 * redrive nobody knows of would be worse than one that is written down and has to be asked for again.
 */
@Injectable()
export class RedriveDeadLetter {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, also when it was redriven already */
  async execute(deadLetterId: string, actor: Actor): Promise<DeadLetter> {
    const letter = await this.deadLetters.read(deadLetterId);
    await this.writeDown(letter, actor);
    await this.deadLetters.redrive(deadLetterId);
    return letter;
  }

  private async writeDown(letter: DeadLetter, actor: Actor): Promise<void> {
    const { id: deadLetterId, consumer, subject, messageId } = letter;
    const event = {
      contract: DeadLetterRedriveRequested,
      organizationId: organizationOfLetter(letter) ?? INSTALLATION,
      aggregateId: deadLetterId,
      sequence: 1,
      payload: { deadLetterId, consumer, eventSubject: subject, messageId },
      occurredAt: this.clock.now(),
    };
    try {
      await this.transactions.run((tx) => Promise.resolve(tx.emit(event)), { actor });
    } catch (error) {
      // Written down before; the redrive itself did not come to its end.
      if (!(error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict)) throw error;
    }
  }
}
