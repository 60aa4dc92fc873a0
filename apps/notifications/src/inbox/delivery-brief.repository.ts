import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryBriefDocument } from '#libs/persistence/schemas/notifications/delivery-briefs.js';
import type { Brief } from './decide-message.js';

export const DELIVERY_BRIEF_MODEL = 'DeliveryBrief';

/** Stores the newest events about each delivery's assignment, so that outdated events are detected. */
@Injectable()
export class DeliveryBriefRepository extends TenantRepository<DeliveryBriefDocument> {
  constructor(@InjectModel(DELIVERY_BRIEF_MODEL) model: Model<DeliveryBriefDocument>) {
    super(model);
  }

  /** Finds the briefs of these deliveries, by delivery id. */
  async findByDeliveries(
    organizationId: OrganizationId,
    deliveryIds: readonly string[],
    tx?: Transaction,
  ): Promise<ReadonlyMap<string, DeliveryBriefDocument>> {
    if (deliveryIds.length === 0) return new Map();
    const briefs = await this.find(organizationId, { _id: trusted({ $in: [...deliveryIds] }) }, { tx });
    return new Map(briefs.map((brief) => [brief._id, brief]));
  }

  async forgetDeliveries(
    organizationId: OrganizationId,
    deliveryIds: readonly string[],
    tx: Transaction,
  ): Promise<void> {
    await this.deleteMany(organizationId, { _id: trusted({ $in: [...deliveryIds] }) }, tx);
  }

  async store(organizationId: OrganizationId, deliveryId: string, brief: Brief, tx: Transaction): Promise<void> {
    const { assignment, change, ends } = brief;
    const update = {
      $set: { ...(assignment ? { assignment } : {}), ...(change ? { change } : {}), ...(ends ? { ends } : {}) },
      // A newer assignment outdates earlier changes.
      ...(change ? {} : { $unset: { change: 1 as const } }),
    };
    await this.upsertOne(organizationId, { _id: deliveryId }, update, tx);
  }
}
