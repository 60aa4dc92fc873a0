import { Injectable } from '@nestjs/common';
import type { CallCompletedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { LearnPreferences } from '../customers/customers.module.js';
import { ContactTryRepository } from './contact-try.repository.js';

/**
 * Whether an outcome shows that the customer could be reached at that hour. A customer who hung up during the first
 * words did pick up, so they can be reached at that hour. Outcomes that the carrier or DelAuto caused are no evidence
 * and are absent.
 */
const REACHED_BY_OUTCOME: Partial<Record<CallCompletedPayload['outcome'], boolean>> = {
  answered: true,
  hung_up_early: true,
  voicemail: false,
  busy: false,
  no_answer: false,
};

/** Records whether a finished attempt reached its customer, and learns the customer's preferences from it. */
@Injectable()
export class RecordAttemptResult {
  constructor(
    private readonly attempts: ContactTryRepository,
    private readonly learnPreferences: LearnPreferences,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { attemptId, outcome }: Pick<CallCompletedPayload, 'attemptId' | 'outcome'>,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const isReached = REACHED_BY_OUTCOME[outcome];
    if (isReached === undefined) return;
    const judged = await this.attempts.recordResult(organizationId, attemptId, isReached, now, tx);
    // An early hang-up is no evidence that the customer prefers calls or this hour.
    if (judged?.customerId === undefined || judged.reached === undefined || outcome === 'hung_up_early') return;
    const { customerId, day, hour, reached } = judged;
    await this.learnPreferences.execute(organizationId, customerId, { kind: 'call', day, hour, reached }, tx);
  }
}
