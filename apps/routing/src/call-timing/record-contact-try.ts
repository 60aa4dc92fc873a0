import { Injectable } from '@nestjs/common';
import type { CallCompletedPayload } from '#libs/contracts/index.js';
import { dayTypeOf } from '#libs/domain/call-timing/index.js';
import { atLocal } from '#libs/domain/time/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { LearnPreferences } from '../customers/customers.module.js';
import { ContactTryRepository } from './contact-try.repository.js';
import { segmentOf } from './segment.js';

interface BegunTry {
  /** With its open attempt. */
  readonly delivery: DeliveryDocument;
  /** The clock the customer lives by. */
  readonly zone: string;
  readonly odds: DeliveryDocument['plannedCallOdds'];
  readonly now: Date;
}

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

/** Writes down every attempt for what it teaches, when it begins and when it is over. */
@Injectable()
export class RecordContactTry {
  constructor(
    private readonly tries: ContactTryRepository,
    private readonly learnPreferences: LearnPreferences,
  ) {}

  async begin(organizationId: OrganizationId, { delivery, zone, odds, now }: BegunTry, tx: Transaction): Promise<void> {
    if (delivery.openAttemptId === undefined) return;
    const { time, weekday } = atLocal(now, zone);
    await this.tries.insert(
      organizationId,
      {
        _id: delivery.openAttemptId,
        customerId: delivery.customerId,
        segment: segmentOf(delivery.customer),
        day: dayTypeOf(weekday),
        hour: Math.floor(time / 60),
        at: now,
        ...odds,
      },
      tx,
    );
  }

  async judge(
    organizationId: OrganizationId,
    { attemptId, outcome }: Pick<CallCompletedPayload, 'attemptId' | 'outcome'>,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const reached = SAYS[outcome];
    if (reached === undefined) return;
    const judged = await this.tries.judge(organizationId, attemptId, reached, now, tx);
    // A hang-up is no sign that calls, or calls at this hour, are what the customer prefers.
    if (judged && outcome !== 'hung_up_early') await this.learnPreferences.fromCall(organizationId, judged, tx);
  }
}
