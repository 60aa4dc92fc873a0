import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { createId, TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ConsentRecordDocument } from '#libs/persistence/schemas/routing/consent-records.js';

export type NewConsentRecord = Omit<ConsentRecordDocument, '_id' | 'organizationId'>;

/** Maximum records of a customer's consent history in a reply. */
const MAX_RECORDS = 1000;

/** Stores the history of each customer's consent. Records are never changed, only erased with the customer. */
@Injectable()
export class ConsentRecordRepository extends TenantRepository<ConsentRecordDocument> {
  constructor(@InjectModel('ConsentRecord') model: Model<ConsentRecordDocument>) {
    super(model);
  }

  async add(organizationId: OrganizationId, record: NewConsentRecord, tx: Transaction): Promise<void> {
    await this.insert(organizationId, { ...record, _id: createId('cns') }, tx);
  }

  /** Finds the customer's consent records, newest first: ids ascend with creation time. */
  findHistory(organizationId: OrganizationId, customerId: string, tx?: Transaction): Promise<ConsentRecordDocument[]> {
    return this.find(organizationId, { customerId }, { sort: { _id: -1 }, limit: MAX_RECORDS, tx });
  }

  async findNewest(
    organizationId: OrganizationId,
    customerId: string,
    tx: Transaction,
  ): Promise<ConsentRecordDocument | undefined> {
    const [record] = await this.find(organizationId, { customerId }, { sort: { _id: -1 }, limit: 1, tx });
    return record;
  }

  async eraseCustomer(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<number> {
    return this.deleteMany(organizationId, { customerId }, tx);
  }
}
