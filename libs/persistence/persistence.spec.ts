import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import mongoose, { type Connection, type Model } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { IdField, IntegerField } from '#libs/contracts/fields/index.js';
import { defineEvent } from '#libs/contracts/kernel/index.js';
import { testMongo } from '#libs/testing/servers/index.js';
import {
  createAggregateEvent,
  AggregateRepository,
  toDatabaseName,
  getDatabase,
  decodeCursor,
  ensureOutboxIndexes,
  isDatabaseUnavailable,
  Lease,
  parseOrganizationId,
  getOutboxCollection,
  toPage,
  PersistenceModule,
  TransactionRunner,
  trusted,
  type AggregateDocument,
} from './index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';

class CounterPayload {
  @IdField() counterId!: string;
  @IntegerField({ min: 0 }) value!: number;
}

const CounterMoved = defineEvent({
  subject: 'routing.counter.moved.v1',
  payload: CounterPayload,
  consumers: ['analytics'],
  summary: '',
});
const EventOfOtherApp = defineEvent({
  subject: 'telephony.counter.moved.v1',
  payload: CounterPayload,
  consumers: ['analytics'],
  summary: '',
});

@Schema({ collection: 'counters', versionKey: false })
class Counter implements AggregateDocument {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) organizationId!: string;
  @Prop({ type: Number, required: true }) revision!: number;
  @Prop({ type: Number, required: true }) sequence!: number;
  @Prop({ type: Number, required: true }) value!: number;
}

class Counters extends AggregateRepository<Counter> {
  protected readonly aggregateName = 'counter';

  findAbove(organization: ReturnType<typeof parseOrganizationId>, value: number): Promise<Counter[]> {
    return this.find(organization, { value: trusted({ $gt: value }) }, { sort: { value: 1 } });
  }

  findByUncheckedValue(organization: ReturnType<typeof parseOrganizationId>, value: unknown): Promise<Counter | null> {
    return this.findOne(organization, { value } as object);
  }
}

@Module({})
class App {}

const ownOrganization = parseOrganizationId('org-1');
const otherOrganization = parseOrganizationId('org-2');
let app: INestApplicationContext;
let connection: Connection;
let counters: Counters;
let transactions: TransactionRunner;

beforeAll(async () => {
  const { uri } = await testMongo();
  const feature = MongooseModule.forFeature([{ name: 'Counter', schema: SchemaFactory.createForClass(Counter) }]);
  const imports = [PersistenceModule.forApp({ app: 'routing', uri, dataKeys: TEST_DATA_KEYS }), feature];
  app = await NestFactory.createApplicationContext({ module: App, imports }, { logger: false });
  connection = app.get<Connection>(getConnectionToken());
  counters = new Counters(connection.model('Counter') as unknown as Model<Counter>);
  transactions = app.get(TransactionRunner);
  await ensureOutboxIndexes(connection, 30);
});

afterAll(async () => {
  await app?.close();
});

const create = (id: string, value = 0): Promise<Counter> =>
  transactions.run((tx) =>
    counters.create(tx, ownOrganization, { _id: id, value }, [
      createAggregateEvent(CounterMoved, { counterId: id, value }, new Date()),
    ]),
  );

const increment = (id: string): Promise<Counter> =>
  transactions.run(async (tx) => {
    const counter = await counters.load(ownOrganization, id, tx);
    const value = counter.value + 1;
    return counters.save(tx, ownOrganization, { ...counter, value }, [
      createAggregateEvent(CounterMoved, { counterId: id, value }, new Date()),
    ]);
  });

const readSequences = async (id: string): Promise<number[]> =>
  (await getOutboxCollection(connection).find({ aggregateId: id }).sort({ sequence: 1 }).toArray()).map(
    ({ sequence }) => sequence,
  );

describe('the database of an app', () => {
  it.each([
    ['mongodb://127.0.0.1:27017/delauto?replicaSet=rs0', 'delauto_routing'],
    ['mongodb://a:1,b:2,c:3/prod', 'prod_routing'],
    ['mongodb+srv://user:p%40ss@cluster.example/live?retryWrites=true', 'live_routing'],
    ['mongodb://127.0.0.1:27017', 'delauto_routing'],
  ])('of %s is %s', (uri, name) => {
    expect(toDatabaseName(uri, 'routing')).toBe(name);
  });
});

describe('organizationId', () => {
  it.each(['', ' org', 'a/b', '$ne', 'x'.repeat(129)])('rejects %j', (text) => {
    expect(() => parseOrganizationId(text)).toThrow(RangeError);
  });
});

describe('transactions', () => {
  it('store the state and its events atomically', async () => {
    const id = randomUUID();
    const failing = transactions.run(async (tx) => {
      await counters.create(tx, ownOrganization, { _id: id, value: 1 }, [
        createAggregateEvent(CounterMoved, { counterId: id, value: 1 }, new Date()),
      ]);
      throw new Error('as planned');
    });
    await expect(failing).rejects.toThrow('as planned');
    expect(await counters.findById(ownOrganization, id)).toBeNull();
    expect(await readSequences(id)).toEqual([]);
    await create(id);
    expect(await readSequences(id)).toEqual([1]);
  });

  it('time out when the driver hangs, and do not block the transactions that wait for them', async () => {
    const hanging = transactions.run(() => new Promise<never>(() => undefined), { queueKey: 'hanging', maxMs: 50 });
    const queued = transactions.run(() => Promise.resolve('done'), { queueKey: 'hanging' });
    const failure: unknown = await hanging.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(isDatabaseUnavailable(failure)).toBe(true);
    await expect(queued).resolves.toBe('done');
  });

  it('run their `afterCommit` callbacks once after a commit, and not after a rollback', async () => {
    const effects: string[] = [];
    const committed: string[] = [];
    const id = randomUUID();
    const unsubscribe = transactions.onCommittedEvents((rows) =>
      committed.push(...rows.map(({ aggregateId }) => aggregateId)),
    );
    await create(id);
    await transactions.run((tx) => {
      tx.afterCommit(() => effects.push('kept'));
      return Promise.resolve();
    });
    const failing = transactions.run((tx) => {
      tx.afterCommit(() => effects.push('lost'));
      return Promise.reject(new Error('as planned'));
    });
    await expect(failing).rejects.toThrow();
    unsubscribe();
    await create(randomUUID());
    expect(effects).toEqual(['kept']);
    expect(committed).toEqual([id]);
  });

  it('run each `afterCommit` callback in the trace that registered it', async () => {
    const key = createContextKey('trace of this test');
    const traces: unknown[] = [];
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    try {
      await transactions.run((tx) => {
        for (const name of ['first', 'second'])
          context.with(ROOT_CONTEXT.setValue(key, name), () =>
            tx.afterCommit(() => traces.push(context.active().getValue(key))),
          );
        return Promise.resolve();
      });
    } finally {
      context.disable();
    }
    expect(traces).toEqual(['first', 'second']);
  });

  it('assign a gapless sequence and do not lose changes when they run concurrently', async () => {
    const id = randomUUID();
    await create(id);
    await Promise.all(Array.from({ length: 12 }, () => increment(id)));
    expect(await counters.load(ownOrganization, id)).toMatchObject({ value: 12, sequence: 13, revision: 13 });
    expect(await readSequences(id)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  });

  it('assign sequences to several events of several saves', async () => {
    const id = randomUUID();
    await create(id);
    await transactions.run(async (tx) => {
      const createEvent = (value: number) => createAggregateEvent(CounterMoved, { counterId: id, value }, new Date());
      const loaded = await counters.load(ownOrganization, id, tx);
      const saved = await counters.save(tx, ownOrganization, loaded, [createEvent(1), createEvent(2)]);
      await counters.save(tx, ownOrganization, saved, [createEvent(3)]);
    });
    expect(await readSequences(id)).toEqual([1, 2, 3, 4]);
  });

  it('reject a stale save, and an event whose sequence exists', async () => {
    const id = randomUUID();
    const stale = await create(id);
    await increment(id);
    await expect(transactions.run((tx) => counters.save(tx, ownOrganization, stale))).rejects.toMatchObject({
      code: 'conflict',
    });
    const duplicate = transactions.run((tx) => {
      tx.emit({
        contract: CounterMoved,
        organizationId: ownOrganization,
        aggregateId: id,
        sequence: 2,
        payload: { counterId: id, value: 9 },
        occurredAt: new Date(),
      });
      return Promise.resolve();
    });
    await expect(duplicate).rejects.toMatchObject({ code: 'conflict' });
  });

  it('reject events of other apps, and payloads that violate their contract', async () => {
    const emit = (contract: typeof CounterMoved, payload: CounterPayload, sequence = 1): Promise<void> =>
      transactions.run((tx) => {
        tx.emit({
          contract,
          organizationId: ownOrganization,
          aggregateId: 'x',
          sequence,
          payload,
          occurredAt: new Date(),
        });
        return Promise.resolve();
      });
    await expect(emit(EventOfOtherApp, { counterId: 'x', value: 1 })).rejects.toThrow('telephony owns it');
    await expect(emit(CounterMoved, { counterId: 'x', value: -1 })).rejects.toMatchObject({
      code: 'contract_violation',
    });
    await expect(emit(CounterMoved, { counterId: 'x', value: 1 }, 0)).rejects.toThrow(RangeError);
  });
});

describe('repositories', () => {
  it('access only one organization', async () => {
    const id = randomUUID();
    const counter = await create(id, 5_000);
    expect(await counters.findById(otherOrganization, id)).toBeNull();
    await expect(counters.load(otherOrganization, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await counters.findAbove(ownOrganization, 4_999)).map(({ _id }) => _id)).toContain(id);
    expect(await counters.findAbove(otherOrganization, 0)).toEqual([]);
    await expect(transactions.run((tx) => counters.save(tx, otherOrganization, counter))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('do not compile without the organization', () => {
    // @ts-expect-error a plain string is not an OrganizationId
    void (() => counters.findById('org-1', 'x'));
    // @ts-expect-error the organization is missing
    void (() => counters.findById('x'));
    expect(counters).toBeDefined();
  });

  it('return plain objects, and treat an injected operator as a value', async () => {
    const id = randomUUID();
    await create(id, 7_000);
    const found = await counters.load(ownOrganization, id);
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    // Sanitized to `{ $eq: { $gt: 0 } }`, which is not a number: rejected instead of matching everything.
    await expect(counters.findByUncheckedValue(ownOrganization, { $gt: 0 })).rejects.toThrow();
  });
});

describe('isDatabaseUnavailable', () => {
  const errorWithCode = (code: number) => new mongoose.mongo.MongoServerError({ message: 'refused', code });

  it.each([
    ['is starting, without a majority-committed snapshot', 134],
    ['is neither primary nor secondary', 13_436],
    ['is no longer primary', 10_107],
    ['is shutting down', 11_600],
  ])('is true when the server %s', (_state, code) => {
    expect(isDatabaseUnavailable(errorWithCode(code))).toBe(true);
  });

  it.each([
    ['a duplicate key', 11_000],
    ['an invalid query', 2],
  ])('is false for %s', (_cause, code) => {
    expect(isDatabaseUnavailable(errorWithCode(code))).toBe(false);
  });
});

describe('leases', () => {
  it('have one holder at a time, and can be acquired by another process when they expire or are released', async () => {
    const name = randomUUID();
    const [a, b] = [new Lease(connection, name, 'a', 400), new Lease(connection, name, 'b', 60_000)];
    const results = await Promise.all([a.acquire(), b.acquire()]);
    expect(results.filter(Boolean)).toHaveLength(1);
    await Promise.all([a.release(), b.release()]);
    expect(await a.acquire()).toBe(true);
    expect(await a.acquire()).toBe(true);
    expect(await b.acquire()).toBe(false);
    await waitUntil(() => b.acquire(), { what: 'the lease to expire' });
    expect(await a.acquire()).toBe(false);
    await a.release();
    expect(await a.acquire()).toBe(false);
    await b.release();
    expect(await a.acquire()).toBe(true);
    await getDatabase(connection).collection<{ _id: string }>('leases').deleteOne({ _id: name });
  });
});

describe('loadAt', () => {
  it('rejects another revision than the stored one, and accepts the same or no revision', async () => {
    await create('revised');
    await increment('revised');
    await expect(counters.loadAt(ownOrganization, 'revised', 1)).rejects.toMatchObject({ code: 'revision_mismatch' });
    expect(await counters.loadAt(ownOrganization, 'revised', 2)).toMatchObject({ value: 1 });
    expect(await counters.loadAt(ownOrganization, 'revised', undefined)).toMatchObject({ value: 1 });
    await expect(counters.loadAt(otherOrganization, 'revised', 2)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('pages', () => {
  const key = /^[a-z]$/;
  const list = (rows: readonly string[], limit: number, cursor?: string) => {
    const after = decodeCursor(cursor, key);
    const found = rows.filter((row) => after === undefined || row > after).slice(0, limit + 1);
    return toPage(
      found,
      limit,
      (row) => row,
      (row) => row,
    );
  };

  it('contain each row once, even when rows are inserted before the cursor', () => {
    const first = list(['c', 'd', 'e', 'f'], 2);
    const second = list(['a', 'b', 'c', 'd', 'e', 'f'], 2, first.nextCursor);
    expect([...first.items, ...second.items]).toEqual(['c', 'd', 'e', 'f']);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it('reject an invalid cursor and name the field', () => {
    const getError = (): unknown => {
      try {
        return list(['a'], 1, 'nonsense');
      } catch (error) {
        return error;
      }
    };
    expect(getError()).toMatchObject({ code: 'invalid_request', details: { issues: [{ path: 'cursor' }] } });
  });
});
