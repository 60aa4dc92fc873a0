import { Injectable } from '@nestjs/common';
import { CallRequested } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ContactFacts } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import {
  advance,
  toAttemptId,
  DeliveryRepository,
  getContactFacts,
  foldContactFacts,
} from '../deliveries/deliveries.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { RecordAttemptStart } from '../call-timing/call-timing.module.js';
import { toCallRequest } from './call-request.mapper.js';
import { type Callee, getCustomerZone } from '../calling-policy/calling-policy.module.js';

/** Maximum attempt times that a customer document stores. Daily limits are counted from them. */
const MAX_RECENT_ATTEMPTS = 50;

/**
 * Requests a call from telephony, for planned calls and for calls that a dispatcher starts. One transaction stores the
 * attempt and the request, so a crash cannot request an attempt twice.
 */
@Injectable()
export class BeginAttempt {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly customers: CustomerRepository,
    private readonly recordAttemptStart: RecordAttemptStart,
  ) {}

  /** @returns the stored delivery, or `null` if its state does not permit a call or an attempt is open */
  async execute(
    organizationId: OrganizationId,
    { delivery: before, customer, profile }: Callee,
    now: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument | null> {
    if (before.openAttemptId !== undefined) return null;
    const advanced = advance(before, { kind: 'call_started' }, now);
    if (!advanced) return null;
    const { plannedCallOdds, ...withoutOdds } = advanced;
    const withAttemptCounted = { ...withoutOdds, attempts: before.attempts + 1 };
    const delivery = withOpenAttempt(withAttemptCounted, getContactFacts(before), now);
    const recentAttempts = [...customer.recentAttempts, now].slice(-MAX_RECENT_ATTEMPTS);
    await this.recordAttemptStart.execute(
      organizationId,
      { delivery, zone: getCustomerZone(delivery, profile), odds: plannedCallOdds, now },
      tx,
    );
    const payload = toCallRequest(delivery, customer, profile, now);
    await this.customers.save(tx, organizationId, { ...customer, recentAttempts, updatedAt: now });
    return this.deliveries.save(tx, organizationId, delivery, [createAggregateEvent(CallRequested, payload, now)]);
  }
}

/**
 * Adds the open attempt to the delivery. Records which attempts reached the customer earlier, so that only contact
 * after the start of this attempt makes further calls unnecessary.
 * @param facts the contact facts before the attempt
 */
function withOpenAttempt(delivery: DeliveryDocument, facts: ContactFacts, now: Date): DeliveryDocument {
  const openAttemptId = toAttemptId(delivery);
  const { reachedBy } = foldContactFacts(facts, delivery._id);
  const start = {
    requestedAt: now.toISOString(),
    ...(reachedBy.length === 0 ? {} : { reachedBefore: reachedBy }),
  };
  const attempts = { ...facts.attempts, [openAttemptId]: { ...facts.attempts[openAttemptId], ...start } };
  return { ...delivery, openAttemptId, contactFacts: { ...facts, attempts } };
}
