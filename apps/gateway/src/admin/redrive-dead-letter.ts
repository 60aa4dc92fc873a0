import { Injectable } from '@nestjs/common';
import { CodedError, DeadLetterRedriveRequested, RPC_ERROR_CODES, type Actor } from '#libs/contracts/index.js';
import { DeadLetters, type DeadLetter } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { readLetterOrganizationId } from './dead-letter.mapper.js';
import { INSTALLATION_ORGANIZATION_ID } from '../principals/principals.module.js';

/**
 * Redelivers a dead-lettered event to the app that could not handle it. The request is recorded in the audit log before
 * the redrive, so that every redrive has an audit entry. A redrive that fails afterwards can be requested again.
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
      // If the dead-lettered event does not show its organization, the operator's audit log records the request.
      organizationId: readLetterOrganizationId(letter) ?? INSTALLATION_ORGANIZATION_ID,
      aggregateId: deadLetterId,
      sequence: 1,
      payload: { deadLetterId, consumer, eventSubject: subject, messageId },
      occurredAt: this.clock.now(),
    };
    try {
      await this.transactions.run((tx) => Promise.resolve(tx.emit(event)), { actor });
    } catch (error) {
      // A conflict: an earlier request for this dead letter is already recorded, and its redrive did not finish.
      if (!(error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict)) throw error;
    }
  }
}
