import { Injectable } from '@nestjs/common';
import { CallRequested } from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ContactFacts } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import {
  advance,
  attemptIdOf,
  DeliveryRepository,
  factsOf,
  foldContactFacts,
} from '../deliveries/deliveries.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { BeginContactTry } from '../call-timing/call-timing.module.js';
import { toCallRequest } from './call-request.mapper.js';
import { type Callee, zoneOf } from '../calling-policy/calling-policy.module.js';

const RECENT_ATTEMPTS_KEPT = 50;

/**
 * The one way in which telephony is asked to ring somebody, whoever wants it. The attempt and the request are one
 * transaction, so one attempt is requested once whatever dies.
 */
@Injectable()
export class BeginAttempt {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly customers: CustomerRepository,
    private readonly beginContactTry: BeginContactTry,
  ) {}

  /** @returns the delivery as stored, or `null` where no call can start: its state forbids it, or one is open */
  async execute(
    organizationId: OrganizationId,
    { delivery: before, customer, profile }: Callee,
    now: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument | null> {
    if (before.openAttemptId !== undefined) return null;
    const moved = advance(before, { kind: 'call_started' }, now);
    if (!moved) return null;
    const { plannedCallOdds, ...begun } = moved;
    const counted = { ...begun, attempts: before.attempts + 1 };
    const delivery = withOpenAttempt(counted, factsOf(before), now);
    const recentAttempts = [...customer.recentAttempts, now].slice(-RECENT_ATTEMPTS_KEPT);
    await this.beginContactTry.execute(
      organizationId,
      { delivery, zone: zoneOf(delivery, profile), odds: plannedCallOdds, now },
      tx,
    );
    const payload = toCallRequest(delivery, customer, profile, now);
    await this.customers.save(tx, organizationId, { ...customer, recentAttempts, updatedAt: now });
    return this.deliveries.save(tx, organizationId, delivery, [aggregateEvent(CallRequested, payload, now)]);
  }
}

/**
 * The delivery with its attempt begun. Who had reached the customer before does not settle what this call is for.
 * @param facts known before it
 */
function withOpenAttempt(delivery: DeliveryDocument, facts: ContactFacts, now: Date): DeliveryDocument {
  const openAttemptId = attemptIdOf(delivery);
  const { reachedBy } = foldContactFacts(facts, delivery._id);
  const begun = {
    requestedAt: now.toISOString(),
    ...(reachedBy.length === 0 ? {} : { reachedBefore: reachedBy }),
  };
  const attempts = { ...facts.attempts, [openAttemptId]: { ...facts.attempts[openAttemptId], ...begun } };
  return { ...delivery, openAttemptId, contactFacts: { ...facts, attempts } };
}
