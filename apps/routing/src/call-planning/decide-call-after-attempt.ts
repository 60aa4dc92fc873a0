import { Injectable } from '@nestjs/common';
import type { CallOutcome } from '#libs/contracts/index.js';
import { retryPolicy, type RetryDelays } from '#libs/domain/call-timing/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { RoutingConfig } from '../config/config.module.js';
import { legalBasisOf, rulesFor, rungAttempts } from '../calling-policy/calling-policy.module.js';
import { DecideNextCall } from './decide-next-call.js';
import type { NextCall } from './next-call.js';

/** Whether another attempt follows, and when: the outcome's policy first, then law and deadline. */
@Injectable()
export class DecideCallAfterAttempt {
  private readonly delays: RetryDelays;

  constructor(
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly decideNextCall: DecideNextCall,
    config: RoutingConfig,
  ) {
    this.delays = {
      busyMs: config.RETRY_BUSY_SECONDS * 1000,
      noAnswerMs: config.RETRY_NO_ANSWER_SECONDS * 1000,
      droppedMs: config.RETRY_DROPPED_SECONDS * 1000,
      notPlacedMs: config.RETRY_NOT_PLACED_SECONDS * 1000,
    };
  }

  /**
   * @param ended how the attempt ended, and when (ISO 8601): waits begin there, however late it was reported
   * @returns `undefined` where no further call is even considered
   */
  async execute(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    { outcome, at }: { readonly outcome: CallOutcome; readonly at: string },
    now: Date,
    tx: Transaction,
  ): Promise<NextCall | undefined> {
    const profile = await this.findProfile.execute(organizationId);
    const maxAttempts = rulesFor(profile).caps[legalBasisOf(delivery)].perDelivery;
    const retry = retryPolicy(
      outcome,
      rungAttempts(delivery),
      earlierOf(new Date(at), now),
      { maxAttempts },
      this.delays,
    );
    if (!retry.retry) return undefined;
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    return this.decideNextCall.execute({ delivery, customer, profile, now, notBefore: retry.notBefore });
  }
}

/** Clocks of different machines differ by a little. */
const earlierOf = (one: Date, other: Date): Date => (one < other ? one : other);
