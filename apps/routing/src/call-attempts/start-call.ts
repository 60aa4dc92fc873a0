import { Injectable } from '@nestjs/common';
import { CodedError, type StartCallRequest } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import {
  checkNotInCall,
  checkNotOver,
  DeliveryRepository,
  getCurrentAgentId,
} from '../deliveries/deliveries.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { JudgeCall } from '../calling-policy/calling-policy.module.js';
import { BeginAttempt } from './begin-attempt.js';
import { CancelCall } from '../call-planning/call-planning.module.js';

/**
 * Starts a call now for a dispatcher. The rules of planned calls apply unchanged, and if they forbid the call, the
 * planned call stays as it was.
 */
@Injectable()
export class StartCall {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly judgeCall: JudgeCall,
    private readonly beginAttempt: BeginAttempt,
    private readonly cancelCall: CancelCall,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws CodedError with the violated rule as its code, and `retryAfterMs` if a later time is allowed;
   *   `already_assigned`, `deadline_passed`, `delivery_in_call`, `delivery_over`
   */
  async execute(
    organizationId: OrganizationId,
    { deliveryId, expectedRevision }: StartCallRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const delivery = await this.deliveries.loadAt(organizationId, deliveryId, expectedRevision, tx);
    checkNotOver(delivery);
    checkNotInCall(delivery);
    if (getCurrentAgentId(delivery) !== undefined || delivery.state === 'failed')
      throw new CodedError(
        'already_assigned',
        `Delivery ${deliveryId} is or was assigned: reschedule it to call the customer again.`,
      );
    const now = this.clock.now();
    if (delivery.decideBy <= now) {
      const deadline = delivery.decideBy.toISOString();
      throw new CodedError(
        'deadline_passed',
        `The deadline for an answer was ${deadline}: set a later decideBy, or reschedule.`,
      );
    }
    const profile = await this.findProfile.execute(organizationId);
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    const decision = this.judgeCall.execute({ delivery, customer, profile }, now);
    if (!decision.allowed) throw toRefusalError(decision, now);
    await this.cancelCall.execute(delivery, tx);
    const { plannedCallAt: _plannedCallAt, plannedCallOdds: _plannedCallOdds, ...unplanned } = delivery;
    const stored = await this.beginAttempt.execute(organizationId, { delivery: unplanned, customer, profile }, now, tx);
    if (!stored)
      throw new CodedError('delivery_in_call', `Delivery ${deliveryId} is ${delivery.state}: try again later.`);
    return stored;
  }
}

function toRefusalError(
  { rule, detail, nextAllowedAt }: { rule: string; detail: string; nextAllowedAt?: Date },
  now: Date,
): CodedError {
  if (!nextAllowedAt) return new CodedError(rule, `Not called: ${detail}.`);
  const retryAfterMs = nextAllowedAt.getTime() - now.getTime();
  return new CodedError(rule, `Not called: ${detail}. Allowed from ${nextAllowedAt.toISOString()}.`, { retryAfterMs });
}
