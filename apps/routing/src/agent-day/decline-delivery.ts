import { Injectable } from '@nestjs/common';
import { CodedError, notFound, type DeclinedDelivery, type DeclineDeliveryRequest } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { RevokeAssignment } from '../assignment-board/assignment-board.module.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';

/**
 * An agent does not take a delivery they were given. No plan gives it to them again, and it is planned anew at once. Who is on
 * the way with it has it: they report a problem, or that it failed.
 */
@Injectable()
export class DeclineDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly revokeAssignment: RevokeAssignment,
    private readonly clock: Clock,
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
    const said = `declined, ${reason.replaceAll('_', ' ')}${note === undefined ? '' : `: ${note}`}`;
    const declined =
      delivery.state !== 'out_for_delivery' &&
      (await this.revokeAssignment.execute(
        organizationId,
        delivery,
        { agentId, reason: said, now: this.clock.now() },
        tx,
      ));
    if (!declined)
      throw new CodedError(
        'decline_not_possible',
        `Delivery ${deliveryId} is ${delivery.state}: report a problem with it, or that it failed.`,
      );
    return { deliveryId };
  }
}
