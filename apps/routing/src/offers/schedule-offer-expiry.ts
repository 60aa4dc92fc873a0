import { Injectable } from '@nestjs/common';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE, RoutingConfig } from '../config/config.module.js';

/** Payload of the work item that expires an offer. Identifies one assignment of the delivery. */
export interface ExpireOfferWork {
  readonly deliveryId: string;
  readonly agentId: string;
  /** ISO 8601. */
  readonly assignedAt: string;
}

/** Schedules the timeout for an agent's acknowledgement. */
@Injectable()
export class ScheduleOfferExpiry {
  constructor(
    private readonly queue: WorkQueue,
    private readonly config: RoutingConfig,
    private readonly clock: Clock,
  ) {}

  async execute({ _id, organizationId: owner, agentId, assignedAt }: DeliveryDocument, tx: Transaction): Promise<void> {
    if (agentId === undefined || assignedAt === undefined) return;
    const now = this.clock.now();
    const work: ExpireOfferWork = { deliveryId: _id, agentId, assignedAt: assignedAt.toISOString() };
    await this.queue.schedule(tx, {
      queue: DELIVERY_QUEUE,
      kind: 'expire-offer',
      key: `expire-offer.${_id}.${assignedAt.getTime()}.${now.getTime()}`,
      dueAt: new Date(now.getTime() + this.config.OFFER_SECONDS * 1000),
      organizationId: parseOrganizationId(owner),
      payload: work,
    });
  }
}
