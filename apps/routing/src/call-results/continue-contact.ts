import { Injectable } from '@nestjs/common';
import type { AggregateEvent, OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { CallRefusal, ContactFacts } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import {
  advanceWithoutCall,
  DecideCallAfterAttempt,
  DecideNextCall,
  withNextCall,
  type NextCall,
} from '../call-planning/call-planning.module.js';
import {
  advance,
  toAttemptId,
  type ContactSummary,
  isAttemptOver,
  type ContactState,
} from '../deliveries/deliveries.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';

/** A delivery to save, with the events of its changes. */
export interface ContinuedDelivery {
  readonly delivery: DeliveryDocument;
  readonly events: readonly AggregateEvent[];
}

/**
 * Decides the delivery's next step from all contact facts: another call, waiting for the analysis of a recording, or
 * an agent. The result does not depend on which fact was reported last. Saves nothing.
 */
@Injectable()
export class ContinueContact {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly decideNextCall: DecideNextCall,
    private readonly decideCallAfterAttempt: DecideCallAfterAttempt,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { delivery, facts, summary }: ContactState,
    now: Date,
    tx: Transaction,
  ): Promise<ContinuedDelivery> {
    const contact = { delivery: restoreProgress(delivery, facts, now), facts, summary };
    const continued = await this.continueAfterCalls(organizationId, contact, now, tx);
    return { ...continued, delivery: continueAfterAnalysis(continued.delivery, summary, now) };
  }

  private async continueAfterCalls(
    organizationId: OrganizationId,
    contact: ContactState,
    now: Date,
    tx: Transaction,
  ): Promise<ContinuedDelivery> {
    const { delivery, facts } = contact;
    if (delivery.state === 'created')
      return this.continueAfterUndialed(delivery, await this.decideCall(organizationId, delivery, now, now, tx), now);
    if (delivery.state !== 'calling' && delivery.state !== 'call_planned') return { delivery, events: [] };
    if (isSettled(contact)) return { delivery: withoutPlannedCall(toReached(delivery, now)), events: [] };
    const attemptId = toAttemptId(delivery);
    if (delivery.state === 'call_planned' || !isAttemptOver(facts, attemptId, delivery._id))
      return { delivery, events: [] };
    const { end, refusal } = facts.attempts[attemptId] ?? {};
    if (refusal)
      return this.continueAfterUndialed(
        delivery,
        await this.decideCallAfterRefusal(organizationId, delivery, refusal, now, tx),
        now,
      );
    if (!end) return { delivery, events: [] };
    const next = await this.decideCallAfterAttempt.execute(organizationId, delivery, end, now, tx);
    const advanced = advance(
      delivery,
      { kind: 'call_ended', outcome: end.outcome, retry: next?.kind === 'planned' },
      now,
    );
    if (!advanced || !next) return { delivery: advanced ?? delivery, events: [] };
    const withNext = withNextCall(advanced, next, now);
    return { delivery: withNext.delivery, events: [withNext.event] };
  }

  private async decideCallAfterRefusal(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    { rule, detail, nextAllowedAt }: CallRefusal,
    now: Date,
    tx: Transaction,
  ): Promise<NextCall> {
    if (nextAllowedAt === undefined) return { kind: 'withheld', rule, detail };
    return this.decideCall(organizationId, delivery, new Date(nextAllowedAt), now, tx);
  }

  private async decideCall(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    notBefore: Date,
    now: Date,
    tx: Transaction,
  ): Promise<NextCall> {
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    const profile = await this.findProfile.execute(organizationId);
    return this.decideNextCall.execute({ delivery, customer, profile, now, notBefore });
  }

  /** Continues after an attempt that was not dialed. */
  private continueAfterUndialed(delivery: DeliveryDocument, next: NextCall, now: Date): ContinuedDelivery {
    const continued = advanceWithoutCall(delivery, next, now);
    return continued ? { delivery: continued.delivery, events: [continued.event] } : { delivery, events: [] };
  }
}

/**
 * Restores the progress of a reinstated delivery: to its last call, ended or not, or to the contact that a
 * message or an inbound callback completed. Only a plan without any contact starts from the beginning.
 */
function restoreProgress(delivery: DeliveryDocument, { planStart }: ContactFacts, now: Date): DeliveryDocument {
  if (delivery.state !== 'created') return delivery;
  const hadCall = delivery.attempts > (planStart?.afterAttempt ?? 0);
  if (!hadCall && !delivery.customerReached) return delivery;
  const planned = advance(delivery, { kind: 'call_planned' }, now) ?? delivery;
  return hadCall ? (advance(planned, { kind: 'call_started' }, now) ?? planned) : planned;
}

/**
 * Whether no further call about the current window is needed, as the customer was reached since the last attempt began.
 */
function isSettled({ delivery, facts, summary }: ContactState): boolean {
  const reachedBefore = facts.attempts[toAttemptId(delivery)]?.reachedBefore ?? [];
  return summary.reachedBy.some((id) => !reachedBefore.includes(id));
}

const toReached = (delivery: DeliveryDocument, now: Date): DeliveryDocument =>
  advance(delivery, { kind: 'call_ended', outcome: 'answered', retry: false }, now) ?? delivery;

function withoutPlannedCall({
  plannedCallAt: _plannedCallAt,
  plannedCallOdds: _plannedCallOdds,
  ...delivery
}: DeliveryDocument): DeliveryDocument {
  return delivery;
}

/** Makes the delivery ready to assign once the analysis of every recording is complete, failed or timed out. */
function continueAfterAnalysis(delivery: DeliveryDocument, summary: ContactSummary, now: Date): DeliveryDocument {
  if (delivery.state !== 'awaiting_understanding' || summary.attemptsInAnalysis.length > 0) return delivery;
  return advance(delivery, { kind: 'instructions_extracted' }, now) ?? delivery;
}
