import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type Transaction } from '#libs/persistence/index.js';
import type { OrganizationDocument } from '#libs/persistence/schemas/gateway/organizations.js';

/** The organizations of this installation. */
@Injectable()
export class OrganizationRepository extends AggregateRepository<OrganizationDocument> {
  protected readonly aggregateName = 'organization';

  constructor(@InjectModel('Organization') model: Model<OrganizationDocument>) {
    super(model);
  }

  /**
   * Returns organizations, newest first. Only for the operator, because it reads across organizations.
   * @param options `before` is the id of the last organization on the previous page
   */
  async findPage({ limit, before }: { limit: number; before?: string | undefined }): Promise<OrganizationDocument[]> {
    const filter = before === undefined ? {} : { _id: trusted({ $lt: before }) };
    return this.model.find(filter).sort({ _id: -1 }).limit(limit).lean<OrganizationDocument[]>().exec();
  }

  /**
   * Serializes the transactions that remove administrators of an organization. Each writes this document, so one of
   * two concurrent transactions fails with a write conflict and is retried.
   */
  async serializeAdminChanges(organizationId: string, tx: Transaction): Promise<void> {
    await this.model.updateOne({ _id: organizationId }, { $inc: { adminTurns: 1 } }, { session: tx.session }).exec();
  }
}
