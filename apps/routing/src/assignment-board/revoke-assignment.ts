import { Injectable } from '@nestjs/common';
import { DeliveryUnassigned } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import {
  advance,
  withDeclinedAgent,
  DeliveryRepository,
  toDeliveryEventFields,
} from '../deliveries/deliveries.module.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { ScheduleAssignment } from './schedule-assignment.js';

/**
 * Unassigns a delivery whose agent declined it or did not acknowledge it in time. The delivery is planned again at once
 * and never assigned to that agent again.
 */
@Injectable()
export class RevokeAssignment {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly board: AssignmentBoardRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
  ) {}

  /** @returns whether the delivery was unassigned; false if its state does not permit it */
  async execute(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    { agentId, reason, now }: { readonly agentId: string; readonly reason: string; readonly now: Date },
    tx: Transaction,
  ): Promise<boolean> {
    const advanced = advance(delivery, { kind: 'unassigned' }, now);
    if (!advanced) return false;
    await this.board.claim(organizationId, tx);
    const event = createAggregateEvent(
      DeliveryUnassigned,
      { ...toDeliveryEventFields(delivery), agentId, reason },
      now,
    );
    await this.deliveries.save(tx, organizationId, withDeclinedAgent(agentId, advanced), [event]);
    await this.scheduleAssignment.execute(organizationId, tx);
    return true;
  }
}
