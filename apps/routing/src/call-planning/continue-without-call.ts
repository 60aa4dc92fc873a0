import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';
import type { NextCall } from './decide-next-call.js';
import { PlanNextCall } from './plan-next-call.js';
import { TextCustomer } from './text-customer.js';

/** A due call was not allowed now: it is planned for later, or the delivery goes to an agent without an answer. */
@Injectable()
export class ContinueWithoutCall {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly planNextCall: PlanNextCall,
    private readonly textCustomer: TextCustomer,
    private readonly scheduleAssignment: ScheduleAssignment,
  ) {}

  async execute(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    next: NextCall,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const continued = this.planNextCall.afterNoCall(delivery, next, now);
    if (!continued) return;
    const stored = await this.deliveries.save(tx, organizationId, continued.delivery, [continued.event]);
    await this.planNextCall.enqueue(stored, tx);
    if (stored.state !== 'ready_to_assign') return;
    await this.textCustomer.schedule(organizationId, stored, stored.attempts > 0 ? 'unreachable' : 'not_called', tx);
    await this.scheduleAssignment.execute(organizationId, tx);
  }
}
