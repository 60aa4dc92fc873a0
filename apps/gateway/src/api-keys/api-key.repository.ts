import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId } from '#libs/persistence/index.js';
import type { ApiKeyDocument } from '#libs/persistence/schemas/gateway/api-keys.js';

/** The API keys of all organizations. Of a key's secret, only the digest is stored. */
@Injectable()
export class ApiKeyRepository extends AggregateRepository<ApiKeyDocument> {
  protected readonly aggregateName = 'API key';

  constructor(@InjectModel('ApiKey') model: Model<ApiKeyDocument>) {
    super(model);
  }

  /** Reads across organizations, because the key itself names its organization. */
  async findByKeyId(keyId: string): Promise<ApiKeyDocument | null> {
    return (await this.model.findById(keyId).lean<ApiKeyDocument>().exec()) ?? null;
  }

  /**
   * Returns keys, newest first.
   * @param before the id of the last key on the previous page
   */
  findPage(
    organizationId: OrganizationId,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<ApiKeyDocument[]> {
    const filter = before === undefined ? {} : { _id: trusted({ $lt: before }) };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }

  /** Records the use of a key, at most once a minute across all gateways. */
  async recordUse(keyId: string, at: Date): Promise<void> {
    // `$not` also matches a key that has never been used.
    const moreThanAMinuteAgo = trusted({ $not: { $gt: new Date(at.getTime() - 60_000) } });
    await this.model.updateOne({ _id: keyId, lastUsedAt: moreThanAMinuteAgo }, { $set: { lastUsedAt: at } }).exec();
  }
}
