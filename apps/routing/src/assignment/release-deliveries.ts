import { Inject, Injectable } from '@nestjs/common';
import { DeliveryUnassigned, type DeliveryState } from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { advance, factOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { AssignDeliveries } from './assign-deliveries.js';

export interface Release {
  readonly agentId: string;
  /** Only deliveries in these. */
  readonly states: readonly DeliveryState[];
  readonly reason: string;
  /** Which of them; all unless said. */
  readonly which?: (delivery: DeliveryDocument) => boolean;
}

/** Takes deliveries from an agent who cannot do them and plans them anew, in one transaction: none is in between. */
@Injectable()
export class ReleaseDeliveries {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(AssignDeliveries) private readonly assignDeliveries: AssignDeliveries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Call it when the agent is saved as they are now, so that the planning sees it. @returns how many were taken */
  async execute(
    organizationId: OrganizationId,
    { agentId, states, reason, which = () => true }: Release,
    tx: Transaction,
  ): Promise<number> {
    const now = this.clock.now();
    const carried = await this.deliveries.findCarried(organizationId, agentId, states, now, tx);
    let released = 0;
    for (const delivery of carried.filter(which)) {
      const moved = advance(delivery, { kind: 'unassigned' }, now);
      if (!moved) continue;
      const { agentId: _former, agentName: _name, assignment: _why, ...waiting } = moved;
      const event = aggregateEvent(DeliveryUnassigned, { ...factOf(delivery), agentId, reason }, now);
      await this.deliveries.save(tx, organizationId, waiting, [event]);
      released += 1;
    }
    if (released > 0) await this.assignDeliveries.execute(organizationId, tx);
    return released;
  }
}
