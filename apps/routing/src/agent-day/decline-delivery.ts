import { Injectable } from '@nestjs/common';
import {
  CodedError,
  createNotFoundError,
  type DeclinedDelivery,
  type DeclineDeliveryRequest,
} from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { RevokeAssignment } from '../assignment-board/assignment-board.module.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';

/**
 * Declines a delivery for the agent it is assigned to. The delivery is planned again at once and never assigned to that
 * agent again. A delivery that is out for delivery cannot be declined: the agent reports a problem or a failure
 * instead.
 */
@Injectable()
export class DeclineDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly revokeAssignment: RevokeAssignment,
    private readonly clock: Clock,
  ) {}

  /**
   * Idempotent: declining again changes nothing.
   * @throws CodedError `not_found`, also if the delivery is assigned to another agent; `decline_not_possible`
   *   if it is out for delivery or over
   */
  async execute(
    organizationId: OrganizationId,
    { agentId, deliveryId, decline: { reason, note } }: DeclineDeliveryRequest,
    tx: Transaction,
  ): Promise<DeclinedDelivery> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId) {
      if (delivery.declinedAgentIds?.includes(agentId)) return { deliveryId };
      throw createNotFoundError('delivery assigned to you', deliveryId);
    }
    const description = `declined, ${reason.replaceAll('_', ' ')}${note === undefined ? '' : `: ${note}`}`;
    const declined =
      delivery.state !== 'out_for_delivery' &&
      (await this.revokeAssignment.execute(
        organizationId,
        delivery,
        { agentId, reason: description, now: this.clock.now() },
        tx,
      ));
    if (!declined)
      throw new CodedError(
        'decline_not_possible',
        `Delivery ${deliveryId} is ${delivery.state}: report a problem with it, or report that it failed.`,
      );
    return { deliveryId };
  }
}
