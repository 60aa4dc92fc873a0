import { Injectable } from '@nestjs/common';
import type { CallOutcome } from '#libs/contracts/index.js';
import { retryPolicy, type RetryDelays } from '#libs/domain/call-timing/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { RoutingConfig } from '../config/config.module.js';
import { getLegalBasis, toCallingRules, countRungAttempts } from '../calling-policy/calling-policy.module.js';
import { DecideNextCall } from './decide-next-call.js';
import type { NextCall } from './next-call.js';

/**
 * Decides whether and when another attempt follows: by the retry policy for the outcome, then by the calling rules
 * and the deadline.
 */
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
   * @param end the attempt's outcome and the time it ended (ISO 8601); delays start at that time, not at the report
   * @returns `undefined` if the retry policy permits no further call
   */
  async execute(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    { outcome, at }: { readonly outcome: CallOutcome; readonly at: string },
    now: Date,
    tx: Transaction,
  ): Promise<NextCall | undefined> {
    const profile = await this.findProfile.execute(organizationId);
    const maxAttempts = toCallingRules(profile).caps[getLegalBasis(delivery)].perDelivery;
    const retry = retryPolicy(
      outcome,
      countRungAttempts(delivery),
      getEarlierDate(new Date(at), now),
      { maxAttempts },
      this.delays,
    );
    if (!retry.retry) return undefined;
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    return this.decideNextCall.execute({ delivery, customer, profile, now, notBefore: retry.notBefore });
  }
}

/** Limits the reported end to now, as clocks of machines differ slightly. */
const getEarlierDate = (one: Date, other: Date): Date => (one < other ? one : other);
