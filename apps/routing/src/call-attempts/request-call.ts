import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { JudgeCall } from '../calling-policy/calling-policy.module.js';
import { BeginAttempt } from './begin-attempt.js';
import { ContinueWithoutCall, DecideNextCall, type RequestCallWork } from '../call-planning/call-planning.module.js';

/** Requests a planned call that is due from telephony, or replans it if the customer may not be called now. */
@Injectable()
export class RequestCall {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly decideNextCall: DecideNextCall,
    private readonly continueWithoutCall: ContinueWithoutCall,
    private readonly judgeCall: JudgeCall,
    private readonly beginAttempt: BeginAttempt,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, work: RequestCallWork, tx: Transaction): Promise<void> {
    const delivery = await this.deliveries.findById(organizationId, work.deliveryId, tx);
    if (delivery?.state !== 'call_planned' || delivery.plannedCallAt?.toISOString() !== work.plannedAt) return;
    const now = this.clock.now();
    const profile = await this.findProfile.execute(organizationId);
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    const callee = { delivery, customer, profile };
    const decision = this.judgeCall.execute(callee, now);
    if (decision.allowed) {
      await this.beginAttempt.execute(organizationId, callee, now, tx);
      return;
    }
    const withheld = { kind: 'withheld' as const, rule: decision.rule, detail: decision.detail };
    const next = decision.nextAllowedAt
      ? await this.decideNextCall.execute({ ...callee, now, notBefore: decision.nextAllowedAt })
      : withheld;
    // If the next allowed time is after the deadline, reports the rule that forbids the call now, not the deadline.
    const isNextTooLate = next.kind === 'withheld' && next.rule === 'deadline_passed' && delivery.decideBy > now;
    await this.continueWithoutCall.execute(organizationId, delivery, isNextTooLate ? withheld : next, now, tx);
  }
}
