import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AssignmentSnapshotDocument } from '#libs/persistence/schemas/notifications/assignment-snapshots.js';
import type { AssignmentSnapshot } from './decide-message.js';

export const ASSIGNMENT_SNAPSHOT_MODEL = 'AssignmentSnapshot';

/** Stores the newest events about each delivery's assignment, so that outdated events are detected. */
@Injectable()
export class AssignmentSnapshotRepository extends TenantRepository<AssignmentSnapshotDocument> {
  constructor(@InjectModel(ASSIGNMENT_SNAPSHOT_MODEL) model: Model<AssignmentSnapshotDocument>) {
    super(model);
  }

  /** Finds the snapshots of these deliveries, by delivery id. */
  async findByDeliveries(
    organizationId: OrganizationId,
    deliveryIds: readonly string[],
    tx?: Transaction,
  ): Promise<ReadonlyMap<string, AssignmentSnapshotDocument>> {
    if (deliveryIds.length === 0) return new Map();
    const snapshots = await this.find(organizationId, { _id: trusted({ $in: [...deliveryIds] }) }, { tx });
    return new Map(snapshots.map((snapshot) => [snapshot._id, snapshot]));
  }

  async forgetDeliveries(
    organizationId: OrganizationId,
    deliveryIds: readonly string[],
    tx: Transaction,
  ): Promise<void> {
    await this.deleteMany(organizationId, { _id: trusted({ $in: [...deliveryIds] }) }, tx);
  }

  async store(
    organizationId: OrganizationId,
    deliveryId: string,
    snapshot: AssignmentSnapshot,
    tx: Transaction,
  ): Promise<void> {
    const { assignment, change, ends } = snapshot;
    const update = {
      $set: { ...(assignment ? { assignment } : {}), ...(change ? { change } : {}), ...(ends ? { ends } : {}) },
      // A newer assignment outdates earlier changes.
      ...(change ? {} : { $unset: { change: 1 as const } }),
    };
    await this.upsertOne(organizationId, { _id: deliveryId }, update, tx);
  }
}
