import { Injectable } from '@nestjs/common';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { DecideNextCall, withNextCall, type DeliveryWithNextCall } from '../call-planning/call-planning.module.js';
import { advance } from '../deliveries/deliveries.module.js';

/** Plans the next step of a new or rescheduled delivery: a call, or else the assignment. Does not save it. */
@Injectable()
export class PlanDelivery {
  constructor(private readonly decideNextCall: DecideNextCall) {}

  async execute(
    delivery: DeliveryDocument,
    customer: CustomerDocument,
    profile: OrganizationProfileDocument,
    now: Date,
  ): Promise<DeliveryWithNextCall> {
    const next = await this.decideNextCall.execute({ delivery, customer, profile, now, notBefore: now });
    const advanced =
      advance(delivery, { kind: next.kind === 'planned' ? 'call_planned' : 'call_impossible' }, now) ?? delivery;
    const planned = withNextCall(advanced, next, now);
    const withheld = next.kind === 'withheld' ? { contactOutcome: next.rule } : {};
    return { delivery: { ...planned.delivery, ...withheld }, event: planned.event };
  }
}
