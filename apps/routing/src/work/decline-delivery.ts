import { Inject, Injectable } from '@nestjs/common';
import {
  CodedError,
  DeliveryUnassigned,
  notFound,
  type DeclinedDelivery,
  type DeclineDeliveryRequest,
} from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { AssignmentBoardRepository } from '../assignment/assignment-board.repository.js';
import { ScheduleAssignment } from '../assignment/schedule-assignment.js';
import { declinedBy } from '../assignment/withdraw-agent.js';
import { advance, factOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';

/**
 * An agent does not take a delivery they were given. No plan gives it to them again, and it is planned anew at once. Who is on
 * the way with it has it: they report a problem, or that it failed.
 */
@Injectable()
export class DeclineDelivery {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(AssignmentBoardRepository) private readonly board: AssignmentBoardRepository,
    @Inject(ScheduleAssignment) private readonly scheduleAssignment: ScheduleAssignment,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Declining again changes nothing. @throws CodedError `not_found` also for what another agent has */
  async execute(
    organizationId: OrganizationId,
    { agentId, deliveryId, decline: { reason, note } }: DeclineDeliveryRequest,
    tx: Transaction,
  ): Promise<DeclinedDelivery> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId) {
      if (delivery.declinedAgentIds?.includes(agentId)) return { deliveryId };
      throw notFound('delivery of yours', deliveryId);
    }
    const now = this.clock.now();
    const moved = delivery.state === 'out_for_delivery' ? null : advance(delivery, { kind: 'unassigned' }, now);
    if (!moved)
      throw new CodedError(
        'decline_not_possible',
        `Delivery ${deliveryId} is ${delivery.state}: report a problem with it, or that it failed.`,
      );
    await this.board.claim(organizationId, tx);
    const said = `${reason.replaceAll('_', ' ')}${note === undefined ? '' : `: ${note}`}`;
    const event = { ...factOf(delivery), agentId, reason: `declined, ${said}` };
    await this.deliveries.save(tx, organizationId, declinedBy(agentId, moved), [
      aggregateEvent(DeliveryUnassigned, event, now),
    ]);
    await this.scheduleAssignment.execute(organizationId, tx);
    return { deliveryId };
  }
}
