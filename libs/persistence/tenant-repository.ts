import type { Model, QueryFilter, SortOrder, UpdateQuery } from 'mongoose';
import { answerInTime } from './bounded-operation.js';
import type { OrganizationId } from './organization-id.js';
import type { Transaction } from './transaction.js';

/** What every document that belongs to an organisation has. */
export interface TenantDocument {
  _id: string;
  organizationId: string;
}

export interface FindOptions {
  readonly sort?: Readonly<Record<string, SortOrder>>;
  readonly limit?: number;
  readonly tx?: Transaction | undefined;
}

const MOST_FOUND_AT_ONCE = 1000;

/**
 * Base of every repository. The organisation is each method's first argument, so a query that forgets the tenant does
 * not compile. Plain objects in, plain objects out: no Mongoose document leaves a repository.
 *
 * Filters are sanitised by the connection: an operator that is meant, such as `{ $lte: now }`, is wrapped in `trusted`.
 */
export abstract class TenantRepository<T extends TenantDocument> {
  constructor(protected readonly model: Model<T>) {}

  async findById(organizationId: OrganizationId, id: string, tx?: Transaction): Promise<T | null> {
    return this.findOne(organizationId, { _id: id }, tx);
  }

  async insert(organizationId: OrganizationId, document: Omit<T, 'organizationId'>, tx?: Transaction): Promise<void> {
    await answerInTime(this.model.insertMany([{ ...document, organizationId }], sessionOf(tx)));
  }

  protected async findOne(organizationId: OrganizationId, filter: QueryFilter<T>, tx?: Transaction): Promise<T | null> {
    const query = this.model.findOne(owned(organizationId, filter), null, sessionOf(tx)).lean<T>();
    return (await answerInTime(query.exec())) ?? null;
  }

  /** At most 1,000 at once unless said otherwise. */
  protected async find(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    options: FindOptions = {},
  ): Promise<T[]> {
    const query = this.model.find(owned(organizationId, filter), null, sessionOf(options.tx));
    if (options.sort) query.sort({ ...options.sort });
    const limited = query.limit(options.limit ?? MOST_FOUND_AT_ONCE).lean<T[]>();
    return answerInTime(limited.exec());
  }

  /** Changes one document at most; answers it as it is afterwards, or `null` when none matched. */
  protected async updateOne(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<T | null> {
    const options = { ...sessionOf(tx), returnDocument: 'after' as const };
    const query = this.model.findOneAndUpdate(owned(organizationId, filter), update, options).lean<T>();
    return (await answerInTime(query.exec())) ?? null;
  }

  /** As `updateOne`, but inserts `filter` and `update` together when none matched. */
  protected async upsertOne(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<T> {
    const options = { ...sessionOf(tx), upsert: true, returnDocument: 'after' as const, setDefaultsOnInsert: true };
    const query = this.model.findOneAndUpdate(owned(organizationId, filter), update, options).lean<T>();
    const saved = await answerInTime(query.exec());
    if (!saved) throw new Error(`${this.model.modelName}: an upsert answered no document.`);
    return saved;
  }

  /** @returns how many documents were changed */
  protected async updateMany(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<number> {
    const query = this.model.updateMany(owned(organizationId, filter), update, sessionOf(tx));
    const result = await answerInTime(query.exec());
    return result.modifiedCount;
  }

  /** @returns how many documents were deleted */
  protected async deleteMany(
    organizationId: OrganizationId,
    filter: QueryFilter<T>,
    tx?: Transaction,
  ): Promise<number> {
    const query = this.model.deleteMany(owned(organizationId, filter), sessionOf(tx));
    return (await answerInTime(query.exec())).deletedCount;
  }

  protected async count(organizationId: OrganizationId, filter: QueryFilter<T>, tx?: Transaction): Promise<number> {
    return answerInTime(this.model.countDocuments(owned(organizationId, filter), sessionOf(tx)).exec());
  }
}

function sessionOf(tx: Transaction | undefined): { session?: Transaction['session'] } {
  return tx ? { session: tx.session } : {};
}

/** The organisation comes last, so that no filter can name another. */
function owned<T>(organizationId: OrganizationId, filter: QueryFilter<T>): QueryFilter<T> {
  return { ...filter, organizationId };
}
