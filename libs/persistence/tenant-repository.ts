import type { Model, QueryFilter, SortOrder, UpdateQuery } from 'mongoose';
import { withTimeout } from './bounded-operation.js';
import type { OrganizationId } from './organization-id.js';
import type { Transaction } from './transaction.js';

/** The fields of every document that belongs to an organization. */
export interface TenantDocument {
  _id: string;
  organizationId: string;
}

/** Options of `TenantRepository.find`. */
export interface FindOptions {
  readonly sort?: Readonly<Record<string, SortOrder>>;
  /** Default: 1,000. */
  readonly limit?: number;
  readonly tx?: Transaction | undefined;
}

const DEFAULT_LIMIT = 1000;

/**
 * Base class of every repository. The organization is the first argument of each method, so a query without a tenant
 * does not compile. Methods accept and return plain objects, never Mongoose documents.
 *
 * The connection sanitizes filters, so wrap intended operators such as `{ $lte: now }` in `trusted`.
 */
export abstract class TenantRepository<T extends TenantDocument> {
  constructor(protected readonly model: Model<T>) {}

  async findById(organizationId: OrganizationId, id: string, tx?: Transaction): Promise<T | null> {
    return this.findOne(organizationId, { _id: id }, tx);
  }

  async insert(organizationId: OrganizationId, document: Omit<T, 'organizationId'>, tx?: Transaction): Promise<void> {
    await withTimeout(this.model.insertMany([{ ...document, organizationId }], toSessionOptions(tx)));
  }

  protected async findOne(organizationId: OrganizationId, filter: QueryFilter<T>, tx?: Transaction): Promise<T | null> {
    const query = this.model.findOne(withOrganization(organizationId, filter), null, toSessionOptions(tx)).lean<T>();
    return (await withTimeout(query.exec())) ?? null;
  }

  /** Finds documents, by default at most 1,000. */
  protected async find(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    options: FindOptions = {},
  ): Promise<T[]> {
    const query = this.model.find(withOrganization(organizationId, filter), null, toSessionOptions(options.tx));
    if (options.sort) query.sort({ ...options.sort });
    const limited = query.limit(options.limit ?? DEFAULT_LIMIT).lean<T[]>();
    return withTimeout(limited.exec());
  }

  /** Updates at most one document. @returns the updated document, or `null` when none matched */
  protected async updateOne(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<T | null> {
    const options = { ...toSessionOptions(tx), returnDocument: 'after' as const };
    const query = this.model.findOneAndUpdate(withOrganization(organizationId, filter), update, options).lean<T>();
    return (await withTimeout(query.exec())) ?? null;
  }

  /** As `updateOne`, but inserts `filter` and `update` combined when none matched. */
  protected async upsertOne(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<T> {
    const options = {
      ...toSessionOptions(tx),
      upsert: true,
      returnDocument: 'after' as const,
      setDefaultsOnInsert: true,
    };
    const query = this.model.findOneAndUpdate(withOrganization(organizationId, filter), update, options).lean<T>();
    const saved = await withTimeout(query.exec());
    if (!saved) throw new Error(`${this.model.modelName}: an upsert returned no document.`);
    return saved;
  }

  /** @returns the number of changed documents */
  protected async updateMany(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<number> {
    const query = this.model.updateMany(withOrganization(organizationId, filter), update, toSessionOptions(tx));
    const result = await withTimeout(query.exec());
    return result.modifiedCount;
  }

  /** @returns the number of deleted documents */
  protected async deleteMany(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    tx?: Transaction,
  ): Promise<number> {
    const query = this.model.deleteMany(withOrganization(organizationId, filter), toSessionOptions(tx));
    return (await withTimeout(query.exec())).deletedCount;
  }

  protected async count(organizationId: OrganizationId, filter: QueryFilter<T>, tx?: Transaction): Promise<number> {
    return withTimeout(
      this.model.countDocuments(withOrganization(organizationId, filter), toSessionOptions(tx)).exec(),
    );
  }
}

function toSessionOptions(tx: Transaction | undefined): { session?: Transaction['session'] } {
  return tx ? { session: tx.session } : {};
}

/** Sets the organization last, so that no filter can override it. */
function withOrganization<T>(organizationId: OrganizationId, filter: QueryFilter<T>): QueryFilter<T> {
  return { ...filter, organizationId };
}
