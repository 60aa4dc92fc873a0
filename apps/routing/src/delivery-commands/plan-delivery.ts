import { Injectable } from '@nestjs/common';
import type { AggregateEvent, OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { DecideNextCall, PlanNextCall, TextCustomer } from '../call-planning/call-planning.module.js';
import { advance } from '../deliveries/deliveries.module.js';

/** What comes next for a delivery whose plan begins, or begins anew: the call, or without one the agent. */
@Injectable()
export class PlanDelivery {
  constructor(
    private readonly decideNextCall: DecideNextCall,
    private readonly planNextCall: PlanNextCall,
    private readonly textCustomer: TextCustomer,
    private readonly scheduleAssignment: ScheduleAssignment,
  ) {}

  /** The delivery as planned, to be saved with the event that tells of it. */
  async decide(
    delivery: DeliveryDocument,
    customer: CustomerDocument,
    profile: OrganizationProfileDocument,
    now: Date,
  ): Promise<{ delivery: DeliveryDocument; event: AggregateEvent }> {
    const next = await this.decideNextCall.execute({ delivery, customer, profile, now, notBefore: now });
    const moved =
      advance(delivery, { kind: next.kind === 'planned' ? 'call_planned' : 'call_impossible' }, now) ?? delivery;
    const described = this.planNextCall.describe(moved, next, now);
    const withheld = next.kind === 'withheld' ? { contactOutcome: next.rule } : {};
    return { delivery: { ...described.delivery, ...withheld }, event: described.event };
  }

  /** What a saved plan waits for: its call's time, or the next planning of assignments. */
  async carryOut(organizationId: OrganizationId, stored: DeliveryDocument, tx: Transaction): Promise<void> {
    await this.planNextCall.enqueue(stored, tx);
    if (stored.state !== 'ready_to_assign') return;
    await this.textCustomer.schedule(organizationId, stored, 'not_called', tx);
    await this.scheduleAssignment.execute(organizationId, tx);
  }
}
