import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { getDatabase, parseOrganizationId, TransactionRunner } from '#libs/persistence/index.js';
import { SupervisedProcess } from '#libs/testing/processes/supervised.js';
import { startTestServers, type TestMongo, type TestServer } from '#libs/testing/servers/index.js';
import { BakeryModule, OVEN, type Baked, type BakeryOptions, type Loaf } from '#libs/testing/work-fixture/bakery.js';
import { WorkExecutor, WorkQueue, type ScheduleResult, type WorkRow } from './index.js';

const options = { leaseMs: 1_500, sweepMs: 200, wakeUpAfterMs: 200, runAfterMs: 600 };
let mongo: TestMongo;
let redis: TestServer;
let app: INestApplicationContext;
let connection: Connection;
/** Milliseconds that the fake clock is ahead of the real one. */
let aheadMs = 0;

const start = (changes: Partial<BakeryOptions> = {}): Promise<INestApplicationContext> => {
  const bakeryOptions = {
    mongoUri: mongo.uri,
    redisUrl: redis.url,
    now: () => new Date(Date.now() + aheadMs),
    options,
    ...changes,
  };
  return NestFactory.createApplicationContext(BakeryModule.create(bakeryOptions), { logger: false });
};

beforeAll(async () => {
  ({ mongo, redis } = await startTestServers({ mongo: true, redis: true }));
  app = await start();
  connection = app.get<Connection>(getConnectionToken());
});

afterAll(async () => {
  await app?.close();
});

const fromNow = (ms: number): Date => new Date(Date.now() + aheadMs + ms);

const schedule = (key: string, dueAt: Date, behavior: Loaf['behavior'] = 'works'): Promise<ScheduleResult> =>
  app.get(TransactionRunner).run((tx) =>
    app.get(WorkQueue).schedule(tx, {
      queue: OVEN,
      kind: 'bake',
      key,
      dueAt,
      payload: { behavior },
      organizationId: parseOrganizationId('org-1'),
    }),
  );

const findBaked = (key: string): Promise<Baked[]> =>
  getDatabase(connection).collection<Baked>('baked').find({ key }).toArray();
const findRow = (key: string): Promise<WorkRow | null> =>
  getDatabase(connection).collection<WorkRow>('work').findOne({ key });
const waitForState = (key: string, state: WorkRow['state'], deadlineMs = 120_000): Promise<WorkRow> =>
  waitUntil(
    async () => {
      const row = await findRow(key);
      return row?.state === state && row;
    },
    { what: `${key} to be ${state}`, deadlineMs },
  );

describe('work', () => {
  it('runs once, when it is due, and not again when it is scheduled again', async () => {
    const dueAt = fromNow(300);
    expect(await schedule('a', dueAt)).toBe('scheduled');
    await waitForState('a', 'done');
    const [firstBake, ...others] = await findBaked('a');
    expect(others).toEqual([]);
    expect(firstBake?.at.getTime()).toBeGreaterThanOrEqual(dueAt.getTime());
    expect(await schedule('a', fromNow(0))).toBe('done');
    await app.get(WorkExecutor).run(`${OVEN}/a`);
    expect(await findBaked('a')).toHaveLength(1);
  });

  it('is not treated as waiting by a transaction during which it was completed', async () => {
    const work = {
      queue: OVEN,
      kind: 'bake',
      key: 'meanwhile',
      dueAt: fromNow(400),
      payload: { behavior: 'works' },
      organizationId: parseOrganizationId('org-1'),
    };
    const scheduleAgain = (): Promise<ScheduleResult> =>
      app.get(TransactionRunner).run(async (tx) => {
        // The first read fixes the snapshot of the transaction.
        await getDatabase(connection).collection('work').findOne({ key: work.key }, { session: tx.session });
        await waitForState(work.key, 'done');
        return app.get(WorkQueue).schedule(tx, work);
      });
    expect(await app.get(TransactionRunner).run((tx) => app.get(WorkQueue).schedule(tx, work))).toBe('scheduled');
    expect(await scheduleAgain()).toBe('done');
  });

  it('can be moved later and earlier while it waits', async () => {
    const later = fromNow(7_200_000);
    await schedule('moved', fromNow(3_600_000));
    expect(await schedule('moved', later)).toBe('moved');
    expect((await findRow('moved'))?.dueAt).toEqual(later);
    expect(await schedule('moved', fromNow(0))).toBe('moved');
    await waitForState('moved', 'done');
    expect(await findBaked('moved')).toHaveLength(1);
  });

  it('is claimed by exactly one of several concurrent workers', async () => {
    const other = await start();
    try {
      await schedule('raced', fromNow(3_600_000));
      await getDatabase(connection)
        .collection('work')
        .updateOne({ key: 'raced' }, { $set: { dueAt: fromNow(-1) } });
      const executors = [app.get(WorkExecutor), other.get(WorkExecutor)];
      await Promise.all(Array.from({ length: 20 }, async (_, index) => executors[index % 2]?.run(`${OVEN}/raced`)));
      await waitForState('raced', 'done');
      expect(await findBaked('raced')).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('does not run after it is canceled', async () => {
    await schedule('canceled', fromNow(300));
    const cancel = (): Promise<boolean> =>
      app.get(TransactionRunner).run((tx) => app.get(WorkQueue).cancel(tx, { queue: OVEN, key: 'canceled' }));
    expect(await cancel()).toBe(true);
    expect(await cancel()).toBe(false);
    await schedule('after-canceled', fromNow(500));
    await waitForState('after-canceled', 'done');
    expect(await findBaked('canceled')).toEqual([]);
  });

  it('is dead after its queue’s number of failed attempts, with the last failure, until it is revived', async () => {
    await schedule('hopeless', fromNow(0), 'fails');
    const row = await waitForState('hopeless', 'dead');
    expect(row).toMatchObject({ attempts: 3, failure: { code: 'no_flour' } });
    expect(await app.get(WorkQueue).listDead({ queue: OVEN })).toMatchObject([
      { key: 'hopeless', failure: { code: 'no_flour' } },
    ]);
    expect(await schedule('hopeless', fromNow(0))).toBe('dead');
    await getDatabase(connection)
      .collection('work')
      .updateOne({ key: 'hopeless' }, { $set: { payload: { behavior: 'works' } } });
    await app.get(WorkQueue).revive(OVEN, 'hopeless');
    await waitForState('hopeless', 'done');
    await expect(app.get(WorkQueue).revive(OVEN, 'hopeless')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('commits its completion together with its effects', async () => {
    await schedule('stumbled', fromNow(0), 'stumbles-once');
    await waitForState('stumbled', 'done');
    expect(await findBaked('stumbled')).toMatchObject([{ attempt: 2 }]);
  });

  it('can be postponed by its handler without a failed attempt', async () => {
    const first = fromNow(0);
    await schedule('patient', first, 'asks-again');
    await waitUntil(async () => ((await findRow('patient'))?.dueAt.getTime() ?? 0) > first.getTime(), {
      what: 'the later time',
    });
    await getDatabase(connection).collection('asked').insertOne({ key: 'patient' });
    expect(await waitForState('patient', 'done')).toMatchObject({ attempts: 1, failure: null });
  });

  it('does not commit the effects of a handler that lost its lease', async () => {
    await schedule('outstayed', fromNow(0), 'outstays');
    // The handler itself gives the lease to a worker that does not exist. It expires each time until the work is dead.
    const row = await waitForState('outstayed', 'dead', 20_000);
    expect(row.failure?.code).toBe('worker_died');
    expect(await findBaked('outstayed')).toEqual([]);
  });

  it('uses the configured clock', async () => {
    await schedule('tomorrow', fromNow(86_400_000));
    await schedule('today', fromNow(0));
    await waitForState('today', 'done');
    expect((await findRow('tomorrow'))?.state).toBe('waiting');
    aheadMs = 86_400_000;
    try {
      await waitForState('tomorrow', 'done');
    } finally {
      aheadMs = 0;
    }
  });
});

describe('cancelOtherItems', () => {
  it('cancels only the other due work of the same organization', async () => {
    const prefix = `${mongo.dbPrefix}_all`;
    // The sweeper does nothing here, so work without a wake-up waits.
    const shop = await start({
      mongoUri: mongo.uri.replace(mongo.dbPrefix, prefix),
      options: { ...options, wakeUpAfterMs: 60_000, runAfterMs: 60_000 },
    });
    try {
      const rows = connection.useDb(`${prefix}_routing`).collection<WorkRow>('work');
      const createRow = (key: string, overrides: Partial<WorkRow> = {}): WorkRow => ({
        _id: `${OVEN}/${key}`,
        queue: OVEN,
        kind: 'bake',
        key,
        organizationId: 'org-1',
        state: 'waiting',
        payload: { behavior: 'works' },
        dueAt: fromNow(0),
        createdAt: fromNow(0),
        trace: {},
        moves: 0,
        attempts: 0,
        lease: null,
        failure: null,
        ...overrides,
      });
      const later = createRow('tomorrow', { dueAt: fromNow(86_400_000) });
      await rows.insertMany([createRow('beside'), createRow('theirs', { organizationId: 'org-2' }), later]);
      await shop.get(TransactionRunner).run((tx) =>
        shop.get(WorkQueue).schedule(tx, {
          queue: OVEN,
          kind: 'bake',
          key: 'all',
          dueAt: fromNow(0),
          payload: { behavior: 'bakes-all' },
          organizationId: parseOrganizationId('org-1'),
        }),
      );
      const isDone = async (): Promise<boolean> => (await rows.findOne({ key: 'all' }))?.state === 'done';
      await waitUntil(isDone, { what: 'all to be done' });
      const waitingRows = await rows.find({ state: 'waiting' }).sort({ key: 1 }).toArray();
      expect(waitingRows.map(({ key }) => key)).toEqual(['theirs', 'tomorrow']);
    } finally {
      await shop.close();
    }
  });
});

describe('crashes', () => {
  it('of a worker make another worker run its work, with one effect', async () => {
    const bakeryOptions = JSON.stringify({
      mongoUri: mongo.uri.replace(mongo.dbPrefix, `${mongo.dbPrefix}_crash`),
      redisUrl: redis.url,
      options,
    });
    const program = new URL('../testing/work-fixture/main.ts', import.meta.url);
    const bakery = await SupervisedProcess.start(program, [bakeryOptions]);
    const crashDatabase = connection.useDb(`${mongo.dbPrefix}_crash_routing`);
    try {
      const due = {
        queue: OVEN,
        kind: 'bake',
        organizationId: 'org-1',
        state: 'waiting',
        attempts: 0,
        lease: null,
        failure: null,
        trace: {},
      };
      const rows = Array.from({ length: 12 }, (_, index) => ({
        _id: `${OVEN}/k${index}`,
        key: `k${index}`,
        ...due,
        dueAt: new Date(),
        createdAt: new Date(),
        payload: { behavior: index === 5 ? 'kills-once' : 'works' },
      }));
      await crashDatabase.collection<{ _id: string }>('work').insertMany(rows);
      await waitUntil(async () => (await crashDatabase.collection('work').countDocuments({ state: 'done' })) === 12, {
        what: 'all work to be done',
      });
      expect(bakery.exitCount).toBe(1);
      const keys = (await crashDatabase.collection('baked').find().toArray()).map((row) => String(row['key'])).sort();
      expect(keys).toEqual(rows.map(({ key }) => key).sort());
    } finally {
      await bakery.stop();
    }
  });

  it('of Redis do not prevent due work from running exactly once', async () => {
    await redis.kill9();
    const keys = ['r1', 'r2', 'r3'];
    for (const key of keys) await schedule(key, fromNow(0));
    for (const key of keys) await waitForState(key, 'done');
    await redis.restart();
    await schedule('r4', fromNow(0));
    await waitForState('r4', 'done');
    for (const key of [...keys, 'r4']) expect(await findBaked(key)).toHaveLength(1);
  });
});
