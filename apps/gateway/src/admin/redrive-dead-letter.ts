import { Injectable } from '@nestjs/common';
import { CodedError, DeadLetterRedriveRequested, RPC_ERROR_CODES, type Actor } from '#libs/contracts/index.js';
import { DeadLetters, type DeadLetter } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { readLetterOrganizationId } from './dead-letter.mapper.js';
import { INSTALLATION } from '../principals/principals.module.js';

/**
 * Sends a dead-lettered event again to the app that failed on it. The request is recorded in the audit log first: a
 * recorded redrive that has to be repeated is better than a redrive without an audit entry.
 */
@Injectable()
export class RedriveDeadLetter {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, also when the dead letter was already redriven */
  async execute(deadLetterId: string, actor: Actor): Promise<DeadLetter> {
    const letter = await this.deadLetters.read(deadLetterId);
    await this.recordRequest(letter, actor);
    await this.deadLetters.redrive(deadLetterId);
    return letter;
  }

  private async recordRequest(letter: DeadLetter, actor: Actor): Promise<void> {
    const { id: deadLetterId, consumer, subject, messageId } = letter;
    const event = {
      contract: DeadLetterRedriveRequested,
      organizationId: readLetterOrganizationId(letter) ?? INSTALLATION,
      aggregateId: deadLetterId,
      sequence: 1,
      payload: { deadLetterId, consumer, eventSubject: subject, messageId },
      occurredAt: this.clock.now(),
    };
    try {
      await this.transactions.run((tx) => Promise.resolve(tx.emit(event)), { actor });
    } catch (error) {
      // An earlier try recorded the request, but its redrive did not finish.
      if (!(error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict)) throw error;
    }
  }
}
