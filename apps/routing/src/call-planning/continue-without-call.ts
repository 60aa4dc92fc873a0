import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';
import { advanceWithoutCall, type NextCall } from './next-call.js';
import { ScheduleNextStep } from './schedule-next-step.js';

/**
 * Continues a delivery whose due call is not allowed: plans a later call, or makes it ready to assign
 * without instructions.
 */
@Injectable()
export class ContinueWithoutCall {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly scheduleNextStep: ScheduleNextStep,
  ) {}

  async execute(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    next: NextCall,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const continued = advanceWithoutCall(delivery, next, now);
    if (!continued) return;
    const stored = await this.deliveries.save(tx, organizationId, continued.delivery, [continued.event]);
    const reason = stored.attempts > 0 ? 'unreachable' : 'not_called';
    await this.scheduleNextStep.execute(organizationId, stored, reason, tx);
  }
}
