import { aggregate, Query, update as applyUpdate } from 'mingo';
import type { MemoryStore } from './memory-store.js';

type Document = Record<string, unknown> & { _id: string };
type Filter = Record<string, unknown>;
type Update = Record<string, Record<string, unknown>>;

interface UpdateOptions {
  readonly upsert?: boolean;
  readonly returnDocument?: 'before' | 'after';
}

/** A query that runs when it is awaited or executed, as Mongoose's queries do. */
class MemoryQuery<T> implements PromiseLike<T> {
  constructor(private readonly work: () => T) {}

  exec(): Promise<T> {
    return Promise.resolve().then(this.work);
  }

  then<A = T, B = never>(
    done?: ((value: T) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.exec().then(done, failed);
  }

  lean(): this {
    return this;
  }

  session(): this {
    return this;
  }
}

class MemoryFindQuery<T> extends MemoryQuery<T> {
  constructor(
    find: (options: FindOptions) => T,
    private readonly options: FindOptions = {},
  ) {
    super(() => find(this.options));
  }

  sort(order: Readonly<Record<string, number>>): this {
    this.options.sort = order;
    return this;
  }

  limit(count: number): this {
    this.options.limit = count;
    return this;
  }

  skip(count: number): this {
    this.options.skip = count;
    return this;
  }
}

interface FindOptions {
  sort?: Readonly<Record<string, number>>;
  limit?: number;
  skip?: number;
}

/**
 * The part of a Mongoose model that repositories use, on an in-memory store. Filters, updates and pipelines have
 * MongoDB's semantics (by mingo), so that the apps' own repositories run in a simulation thousands of times per second.
 */
export class MemoryModel {
  constructor(
    readonly modelName: string,
    private readonly store: MemoryStore,
  ) {}

  find(filter: Filter): MemoryFindQuery<Document[]> {
    return new MemoryFindQuery((options) => this.select(filter, options).map((one) => structuredClone(one)));
  }

  findOne(filter: Filter): MemoryFindQuery<Document | null> {
    return new MemoryFindQuery((options) => {
      const [found] = this.select(filter, { ...options, limit: 1 });
      return found ? structuredClone(found) : null;
    });
  }

  insertMany(documents: readonly Document[]): Promise<void> {
    for (const document of documents) {
      if (this.store.documents(this.modelName).has(document._id))
        throw Object.assign(new Error(`E11000 duplicate key: ${this.modelName} ${document._id}`), { code: 11000 });
      this.store.put(this.modelName, clone(document));
    }
    return Promise.resolve();
  }

  replaceOne(filter: Filter, document: Document): MemoryQuery<{ matchedCount: number }> {
    return new MemoryQuery(() => {
      const [found] = this.select(filter, { limit: 1 });
      if (found) this.store.put(this.modelName, clone(document));
      return { matchedCount: found ? 1 : 0 };
    });
  }

  findOneAndUpdate(filter: Filter, update: Filter, options: UpdateOptions = {}): MemoryQuery<Document | null> {
    return new MemoryQuery(() => {
      const [before] = this.select(filter, { limit: 1 });
      const after = this.write(before, filter, update, options);
      const result = options.returnDocument === 'after' ? after : before;
      return result ? structuredClone(result) : null;
    });
  }

  updateOne(filter: Filter, update: Filter, options: UpdateOptions = {}): MemoryQuery<{ modifiedCount: number }> {
    return new MemoryQuery(() => {
      const [before] = this.select(filter, { limit: 1 });
      return { modifiedCount: this.write(before, filter, update, options) ? 1 : 0 };
    });
  }

  updateMany(filter: Filter, update: Filter): MemoryQuery<{ modifiedCount: number }> {
    return new MemoryQuery(() => {
      const found = this.select(filter, {});
      for (const before of found) this.write(before, filter, update, {});
      return { modifiedCount: found.length };
    });
  }

  deleteMany(filter: Filter): MemoryQuery<{ deletedCount: number }> {
    return new MemoryQuery(() => {
      const found = this.select(filter, {});
      for (const { _id } of found) this.store.remove(this.modelName, _id);
      return { deletedCount: found.length };
    });
  }

  countDocuments(filter: Filter): MemoryQuery<number> {
    return new MemoryQuery(() => this.select(filter, {}).length);
  }

  aggregate(pipeline: Filter[]): MemoryQuery<unknown[]> {
    return new MemoryQuery(() => aggregate([...this.store.documents(this.modelName).values()].map(clone), pipeline));
  }

  private select(filter: Filter, { sort, skip = 0, limit = Infinity }: FindOptions): Document[] {
    const found = this.findCandidates(filter);
    if (!sort) return found.slice(skip, skip + limit);
    const sorted = aggregate(found, [{ $sort: { ...sort } }]) as Document[];
    return sorted.slice(skip, skip + limit);
  }

  private findCandidates(filter: Filter): Document[] {
    const documents = this.store.documents(this.modelName);
    const { _id, ...otherConditions } = filter;
    if (typeof _id !== 'string') return ([...documents.values()] as Document[]).filter(createMatcher(filter));
    const found = documents.get(_id) as Document | undefined;
    return found && createMatcher(otherConditions)(found) ? [found] : [];
  }

  private write(
    before: Document | undefined,
    filter: Filter,
    update: Filter,
    { upsert = false }: UpdateOptions,
  ): Document | undefined {
    if (!before && !upsert) return undefined;
    const operators = Object.keys(update).some((key) => key.startsWith('$')) ? update : { $set: update };
    const { $setOnInsert = {}, ...changes } = operators as Update;
    const after = before ? clone(before) : clone({ ...listEqualities(filter), ...$setOnInsert });
    applyChanges(after, changes);
    this.store.put(this.modelName, after);
    return after;
  }
}

const isPrimitive = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Compares plain fields directly, because mingo is much slower and needed only for operators and paths. */
function createMatcher(filter: Filter): (document: Document) => boolean {
  const entries = Object.entries(filter);
  if (entries.every(([field, value]) => !field.includes('.') && !field.startsWith('$') && isPrimitive(value)))
    return (document) => entries.every(([field, value]) => (document[field] ?? null) === (value ?? null));
  const query = new Query(filter);
  return (document) => query.test(document);
}

function applyChanges(document: Document, changes: Update): void {
  const { $set = {}, ...others } = changes;
  const isSimple = Object.keys($set).every((field) => !field.includes('.'));
  if (Object.keys(others).length > 0 || !isSimple) applyUpdate(document, changes);
  else Object.assign(document, clone($set));
}

/** Copies a document as a database would: without undefined fields, and without sharing objects with the caller. */
function clone(document: Readonly<Record<string, unknown>>): Document {
  const defined = Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
  return structuredClone(defined) as Document;
}

/** The fields that an upsert copies from its filter. */
const listEqualities = (filter: Filter): Filter =>
  Object.fromEntries(
    Object.entries(filter).filter(([, value]) => typeof value !== 'object' || value === null || value instanceof Date),
  );
