import { Injectable } from '@nestjs/common';
import type { CallCompletedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { LearnPreferences } from '../customers/customers.module.js';
import { ContactTryRepository } from './contact-try.repository.js';

/**
 * What a call says of when its customer can be reached. A person who answered was reached; a voicemail, an engaged line and
 * one that nobody picked up were not. A customer who hung up during the first words did pick up: the hour was not what was wrong.
 * A call that the carrier failed at, or that was given up, says nothing.
 */
const SAYS: Partial<Record<CallCompletedPayload['outcome'], boolean>> = {
  answered: true,
  hung_up_early: true,
  voicemail: false,
  busy: false,
  no_answer: false,
};

/** Records of an attempt that is over whether its customer was reached, and learns from it. */
@Injectable()
export class JudgeContactTry {
  constructor(
    private readonly tries: ContactTryRepository,
    private readonly learnPreferences: LearnPreferences,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { attemptId, outcome }: Pick<CallCompletedPayload, 'attemptId' | 'outcome'>,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const isReached = SAYS[outcome];
    if (isReached === undefined) return;
    const judged = await this.tries.judge(organizationId, attemptId, isReached, now, tx);
    // A hang-up is no sign that calls, or calls at this hour, are what the customer prefers.
    if (judged?.customerId === undefined || judged.reached === undefined || outcome === 'hung_up_early') return;
    const { customerId, day, hour, reached } = judged;
    await this.learnPreferences.execute(organizationId, customerId, { kind: 'call', day, hour, reached }, tx);
  }
}
