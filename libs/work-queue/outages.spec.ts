import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { getDatabase, parseOrganizationId, TransactionRunner } from '#libs/persistence/index.js';
import { connectObserver, startTestServers, type TestMongo, type TestServer } from '#libs/testing/servers/index.js';
import { BakeryModule, OVEN, type BakeryOptions, type Loaf } from '#libs/testing/work-fixture/bakery.js';
import { WorkQueue, type WorkRow } from './index.js';

// An outage of the database or of Redis is not a failure of the work, so it must not use up attempts or lose work.
const options = { leaseMs: 1_500, sweepMs: 100, wakeUpAfterMs: 100, runAfterMs: 300 };
/** Longer than the driver's server selection timeout. */
const DRIVER_GIVES_UP_MS = 11_000;
let mongo: TestMongo;
let redis: TestServer;

beforeAll(async () => {
  ({ mongo, redis } = await startTestServers({ mongo: true, redis: true }));
});

const start = (changes: Partial<BakeryOptions>): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(
    BakeryModule.create({ mongoUri: mongo.uri, redisUrl: redis.url, options, ...changes }),
    { logger: false },
  );

const schedule = (app: INestApplicationContext, key: string, behavior: Loaf['behavior']): Promise<unknown> =>
  app.get(TransactionRunner).run((tx) =>
    app.get(WorkQueue).schedule(tx, {
      queue: OVEN,
      kind: 'bake',
      key,
      dueAt: new Date(),
      payload: { behavior },
      organizationId: parseOrganizationId('org-1'),
    }),
  );

const getAppDatabase = (app: INestApplicationContext) => getDatabase(app.get<Connection>(getConnectionToken()));
const findRow = (app: INestApplicationContext, key: string): Promise<WorkRow | null> =>
  getAppDatabase(app).collection<WorkRow>('work').findOne({ key });

/** A TCP proxy to a server that a test can interrupt. */
class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(host: string, port: number): Promise<TcpProxy> {
    const server = createServer((downstream) => {
      const upstream = connect(port, host);
      for (const socket of [downstream, upstream]) {
        proxy.sockets.add(socket.on('error', () => undefined));
        socket.once('close', () => (downstream.destroy(), upstream.destroy(), proxy.sockets.delete(socket)));
      }
      downstream.pipe(upstream).pipe(downstream);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new TcpProxy(server, (server.address() as AddressInfo).port);
    return proxy;
  }

  async interrupt(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Does nothing when the proxy is not interrupted. */
  async restore(): Promise<void> {
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }
}

it('repeated outages between claim and commit do not use up attempts', async () => {
  const app = await start({});
  try {
    await schedule(app, 'patient', 'loses-database');
    const losses = (): Promise<number> => getAppDatabase(app).collection('losses').countDocuments({ key: 'patient' });
    // The queue permits three attempts.
    await waitUntil(async () => (await losses()) > 5, { what: 'six outages' });
    await getAppDatabase(app).collection('returns').insertOne({ key: 'patient' });
    const isDone = async (): Promise<boolean> => (await findRow(app, 'patient'))?.state === 'done';
    await waitUntil(isDone, { what: 'the work to be done' });
    expect(await findRow(app, 'patient')).toMatchObject({ attempts: 1, failure: null });
  } finally {
    await app.close();
  }
});

it('an outage longer than the lease, between claim and settlement, does not use up an attempt', async () => {
  const direct = new URL(mongo.uri);
  const proxy = await TcpProxy.to(direct.hostname, Number(direct.port));
  direct.host = `127.0.0.1:${proxy.port}`;
  direct.searchParams.delete('replicaSet');
  direct.searchParams.set('directConnection', 'true');
  const outage = Promise.withResolvers<void>();
  const whileBaking = async (): Promise<void> => {
    await proxy.interrupt();
    outage.resolve();
  };
  // A direct connection, which can always read the rows.
  const observer = await connectObserver(mongo.uri, 'routing');
  const readRow = (): Promise<WorkRow | null> =>
    getDatabase(observer).collection<WorkRow>('work').findOne({ key: 'paused' });
  const app = await start({ mongoUri: direct.href, whileBaking });
  try {
    await schedule(app, 'paused', 'pauses');
    await outage.promise;
    // The holder cannot renew the lease, and its driver stops trying to write.
    const isAbandoned = async (): Promise<boolean> => {
      const lease = (await readRow())?.lease;
      return lease != null && lease.until.getTime() < Date.now() - DRIVER_GIVES_UP_MS;
    };
    await waitUntil(isAbandoned, { what: 'the driver to give up' });
    await proxy.restore();
    const isDone = async (): Promise<boolean> => {
      const { state, attempts } = (await readRow()) ?? {};
      return state === 'done' && attempts === 1;
    };
    await waitUntil(isDone, { what: 'the work to be done at its first attempt' });
  } finally {
    await proxy.restore();
    await app.close();
    await observer.close();
    await proxy.interrupt();
  }
});

it.each([
  { state: 'dead', stopRedis: () => redis.kill9(), restoreRedis: () => redis.restart() },
  { state: 'frozen', stopRedis: () => redis.pause(), restoreRedis: () => redis.resume() },
])(
  'an app closes while Redis is $state, and the next app does its work',
  async ({ state, stopRedis, restoreRedis }) => {
    const app = await start({});
    await stopRedis();
    try {
      await schedule(app, state, 'works');
      // Without closing the workers by force this would hang, because BullMQ waits for Redis.
      await app.close();
    } finally {
      await restoreRedis();
    }
    const nextApp = await start({});
    try {
      const isDone = async (): Promise<boolean> => (await findRow(nextApp, state))?.state === 'done';
      await waitUntil(isDone, { what: 'the work to be done' });
    } finally {
      await nextApp.close();
    }
  },
);
