import { Injectable } from '@nestjs/common';
import { CodedError, DeliveryCanceled, type CancelDeliveryRequest } from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { advance, checkNotOver, DeliveryRepository, factOf, holderOf } from '../deliveries/deliveries.module.js';
import { CancelCall } from '../call-planning/call-planning.module.js';

/**
 * Takes a delivery back. Its planned call is not made; a call under way goes on undisturbed, and what is said in it is
 * kept. Again, it changes nothing.
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
    const moved = advance(before, { kind: 'cancel' }, now);
    if (!moved) throw new CodedError('delivery_over', `Delivery ${deliveryId} is ${before.state}.`);
    const { plannedCallAt: _notMade, ...rest } = moved;
    const why = reason === undefined ? {} : { reason };
    const agentId = holderOf(before);
    const payload = { ...factOf(before), ...why, ...(agentId === undefined ? {} : { agentId }) };
    await this.cancelCall.execute(before, tx);
    const stored = await this.deliveries.save(tx, organizationId, { ...rest, cancellation: { at: now, ...why } }, [
      aggregateEvent(DeliveryCanceled, payload, now),
    ]);
    // What they carried leaves room for others.
    if (agentId !== undefined) await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}
