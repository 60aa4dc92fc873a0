import { Injectable } from '@nestjs/common';
import { DEFAULT_WEIGHTS, judgePair } from '#libs/domain/assignment/index.js';
import { organizationId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { AgentRepository } from '../agents/agent.repository.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { DELIVERY_QUEUE } from '../delivery-queue.js';
import { RoutingConfig } from '../routing.config.js';
import { declinedAmong, takesPart, toSolverAgent, toSolverDelivery } from './assignment-problem.js';
import { TakeBackDelivery } from './take-back-delivery.js';

export interface ExpireOfferWork {
  readonly deliveryId: string;
  readonly agentId: string;
  readonly assignedAt: string;
}

/**
 * A delivery that its agent has not acknowledged in time goes to somebody else, if there is anybody who could take it: an agent
 * who may not know is better than none. It counts as declined. What a dispatcher gave by hand stays.
 */
@Injectable()
export class ExpireOffer {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly agents: AgentRepository,
    private readonly takeBack: TakeBackDelivery,
    private readonly queue: WorkQueue,
    private readonly config: RoutingConfig,
    private readonly clock: Clock,
  ) {}

  /** The durable end of the wait for an acknowledgement. */
  async schedule(
    { _id, organizationId: owner, agentId, assignedAt }: DeliveryDocument,
    tx: Transaction,
  ): Promise<void> {
    if (agentId === undefined || assignedAt === undefined) return;
    const now = this.clock.now();
    const work: ExpireOfferWork = { deliveryId: _id, agentId, assignedAt: assignedAt.toISOString() };
    await this.queue.schedule(tx, {
      queue: DELIVERY_QUEUE,
      kind: 'expire-offer',
      key: `expire-offer.${_id}.${assignedAt.getTime()}.${now.getTime()}`,
      dueAt: new Date(now.getTime() + this.config.OFFER_SECONDS * 1000),
      organizationId: organizationId(owner),
      payload: work,
    });
  }

  async execute(organizationId: OrganizationId, work: ExpireOfferWork, tx: Transaction): Promise<void> {
    const { deliveryId, agentId } = work;
    const delivery = await this.deliveries.findById(organizationId, deliveryId, tx);
    const isOpen =
      delivery?.state === 'assigned' &&
      delivery.agentId === agentId &&
      delivery.assignedAt?.toISOString() === work.assignedAt &&
      delivery.pinned !== true;
    if (!isOpen) return;
    const now = this.clock.now();
    if (delivery.window.end <= now) return;
    if (!(await this.couldGoElsewhere(organizationId, delivery, now, tx))) return this.schedule(delivery, tx);
    await this.takeBack.execute(organizationId, delivery, { agentId, reason: 'not acknowledged in time', now }, tx);
  }

  private async couldGoElsewhere(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    now: Date,
    tx: Transaction,
  ): Promise<boolean> {
    const working = await this.agents.findWorkingAfter(organizationId, now, tx);
    const others = working.filter((agent) => agent._id !== delivery.agentId && takesPart(agent, now));
    const ids = others.map((agent) => agent._id);
    const carried = await this.deliveries.carriedLoads(organizationId, ids, now, tx);
    return others.some((agent) => {
      const able = toSolverAgent(agent, carried.get(agent._id), declinedAmong(agent, [delivery]));
      return judgePair(able, toSolverDelivery(delivery), now, DEFAULT_WEIGHTS).feasible;
    });
  }
}
