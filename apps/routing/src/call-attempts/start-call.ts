import { Injectable } from '@nestjs/common';
import { CodedError, type StartCallRequest } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { checkNotInCall, checkNotOver, DeliveryRepository, holderOf } from '../deliveries/deliveries.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { JudgeCall } from '../calling-policy/calling-policy.module.js';
import { BeginAttempt } from './begin-attempt.js';
import { CancelCall } from '../call-planning/call-planning.module.js';

/**
 * A dispatcher wants the customer called now. Who asks changes nothing of when and how often somebody may be rung: the
 * same rules judge it as judge a planned call, and a refusal leaves the plan as it was.
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

  /** @throws CodedError whose code is the rule that forbids it, with the time to wait where one is known */
  async execute(
    organizationId: OrganizationId,
    { deliveryId, expectedRevision }: StartCallRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const delivery = await this.deliveries.loadAt(organizationId, deliveryId, expectedRevision, tx);
    checkNotOver(delivery);
    checkNotInCall(delivery);
    if (holderOf(delivery) !== undefined || delivery.state === 'failed')
      throw new CodedError('already_assigned', `Delivery ${deliveryId} was given out: reschedule it to ask again.`);
    const now = this.clock.now();
    if (delivery.decideBy <= now) {
      const until = delivery.decideBy.toISOString();
      throw new CodedError('deadline_passed', `An answer helped until ${until}: set a later decideBy, or reschedule.`);
    }
    const profile = await this.findProfile.execute(organizationId);
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    const decision = this.judgeCall.execute({ delivery, customer, profile }, now);
    if (!decision.allowed) throw refusal(decision, now);
    await this.cancelCall.execute(delivery, tx);
    const { plannedCallAt: _now, plannedCallOdds: _odds, ...unplanned } = delivery;
    const begun = await this.beginAttempt.execute(organizationId, { delivery: unplanned, customer, profile }, now, tx);
    if (!begun)
      throw new CodedError('delivery_in_call', `Delivery ${deliveryId} is ${delivery.state}: try again later.`);
    return begun;
  }
}

function refusal(
  { rule, detail, nextAllowedAt }: { rule: string; detail: string; nextAllowedAt?: Date },
  now: Date,
): CodedError {
  if (!nextAllowedAt) return new CodedError(rule, `Not called: ${detail}.`);
  const retryAfterMs = nextAllowedAt.getTime() - now.getTime();
  return new CodedError(rule, `Not called: ${detail}. Allowed from ${nextAllowedAt.toISOString()}.`, { retryAfterMs });
}
