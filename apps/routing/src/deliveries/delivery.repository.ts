import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { DeliveryState } from '#libs/contracts/index.js';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';

/** States in which an agent's capacity is taken. */
const CARRIED: DeliveryState[] = ['assigned', 'acknowledged'];
/** States in which a delivery waits for an agent. */
const WAITING: DeliveryState[] = ['ready_to_assign', 'unassignable'];

@Injectable()
export class DeliveryRepository extends AggregateRepository<DeliveryDocument> {
  protected readonly what = 'delivery';

  constructor(@InjectModel('Delivery') model: Model<DeliveryDocument>) {
    super(model);
  }

  /** Newest first; `before` is the id the page starts after. */
  page(
    organizationId: OrganizationId,
    { limit, before, state }: { limit: number; before?: string | undefined; state?: DeliveryState | undefined },
  ): Promise<DeliveryDocument[]> {
    const filter = { ...(before ? { _id: trusted({ $lt: before }) } : {}), ...(state ? { state } : {}) };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }

  /** Deliveries without an agent, the most urgent and then the oldest first. */
  findWaiting(organizationId: OrganizationId, limit: number, tx: Transaction): Promise<DeliveryDocument[]> {
    const filter = { state: trusted({ $in: WAITING }) };
    return this.find(organizationId, filter, { sort: { priority: -1, _id: 1 }, limit, tx });
  }

  /** What these agents carry in deliveries whose window is not over. */
  findCarried(
    organizationId: OrganizationId,
    agentIds: string[],
    after: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument[]> {
    const filter = {
      agentId: trusted({ $in: agentIds }),
      'window.end': trusted({ $gt: after }),
      state: trusted({ $in: CARRIED }),
    };
    return this.find(organizationId, filter, { tx, limit: 100_000 });
  }
}
