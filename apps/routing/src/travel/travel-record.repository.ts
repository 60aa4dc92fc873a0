import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { TravelRecord } from '#libs/domain/geo/index.js';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { TravelRecordDocument } from '#libs/persistence/schemas/routing/travel-records.js';

/** Stores how actual travel times of an organization compare with the default estimates. */
@Injectable()
export class TravelRecordRepository extends TenantRepository<TravelRecordDocument> {
  constructor(@InjectModel('TravelRecord') model: Model<TravelRecordDocument>) {
    super(model);
  }

  async read(organizationId: OrganizationId, tx?: Transaction): Promise<TravelRecord> {
    return (await this.findById(organizationId, organizationId, tx)) ?? { legs: 0, logSum: 0 };
  }

  async write(organizationId: OrganizationId, { legs, logSum }: TravelRecord, tx: Transaction): Promise<void> {
    await this.upsertOne(organizationId, { _id: organizationId }, { $set: { legs, logSum } }, tx);
  }
}
