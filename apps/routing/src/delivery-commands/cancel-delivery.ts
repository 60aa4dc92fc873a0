import { Injectable } from '@nestjs/common';
import { CodedError, DeliveryCanceled, type CancelDeliveryRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import {
  advance,
  checkNotOver,
  DeliveryRepository,
  toDeliveryEventFields,
  getCurrentAgentId,
} from '../deliveries/deliveries.module.js';
import { CancelCall } from '../call-planning/call-planning.module.js';

/**
 * Cancels a delivery and its planned call. A call under way continues, and its results are stored. Idempotent:
 * canceling again changes nothing.
 */
@Injectable()
export class CancelDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly cancelCall: CancelCall,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { deliveryId, expectedRevision, cancellation: { reason } }: CancelDeliveryRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const before = await this.deliveries.loadAt(organizationId, deliveryId, expectedRevision, tx);
    if (before.state === 'canceled') return before;
    checkNotOver(before);
    const now = this.clock.now();
    const advanced = advance(before, { kind: 'cancel' }, now);
    if (!advanced) throw new CodedError('delivery_over', `Delivery ${deliveryId} is ${before.state}.`);
    const { plannedCallAt: _plannedCallAt, plannedCallOdds: _plannedCallOdds, ...rest } = advanced;
    const reasonField = reason === undefined ? {} : { reason };
    const agentId = getCurrentAgentId(before);
    const payload = { ...toDeliveryEventFields(before), ...reasonField, ...(agentId === undefined ? {} : { agentId }) };
    await this.cancelCall.execute(before, tx);
    const stored = await this.deliveries.save(
      tx,
      organizationId,
      { ...rest, cancellation: { at: now, ...reasonField } },
      [createAggregateEvent(DeliveryCanceled, payload, now)],
    );
    // The agent's freed capacity may be enough for deliveries that wait for an agent.
    if (agentId !== undefined) await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}
