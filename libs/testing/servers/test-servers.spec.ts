import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { Redis } from 'ioredis';
import type { RunningServer } from '#deploy/local/servers/index.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { Coordinator } from './coordinator.js';
import { lineReader } from './protocol.js';
import { startTestServers, testMongo, testNats, testRedis } from './index.js';

const { mongo } = await import('mongoose');

describe('test servers', () => {
  it('give each test file its own databases and drop them on release', async () => {
    const [one, two] = await Promise.all([testMongo(), testMongo()]);
    expect(one.dbPrefix).not.toBe(two.dbPrefix);
    const client = new mongo.MongoClient(one.uri);
    const databases = async (): Promise<string[]> =>
      (await client.db('admin').admin().listDatabases({ nameOnly: true })).databases.map(({ name }) => name);
    try {
      await client.db(`${one.dbPrefix}_routing`).collection('x').insertOne({});
      await client.db(`${two.dbPrefix}_routing`).collection('x').insertOne({});
      await one.release();
      await waitUntil(async () => !(await databases()).includes(`${one.dbPrefix}_routing`), {
        what: 'the databases to be dropped',
      });
      expect(await databases()).toContain(`${two.dbPrefix}_routing`);
    } finally {
      await client.close();
    }
  });

  it('give each test file its own NATS server, so that streams with the same subjects do not conflict', async () => {
    const servers = await Promise.all([testNats(), testNats()]);
    for (const { url } of servers) {
      const connection = await connect({ servers: url });
      const manager = await jetstreamManager(connection);
      await manager.streams.add({ name: 'ROUTING', subjects: ['routing.>'] });
      await connection.close();
    }
    expect(new Set(servers.map(({ url }) => url)).size).toBe(2);
  });

  it('let a test kill its server and restart it with its data', async () => {
    const server = await testRedis();
    const client = new Redis(server.url, { retryStrategy: () => 50 });
    client.on('error', () => undefined);
    try {
      await client.set('kept', 'yes');
      await server.kill9();
      await server.restart();
      expect(await client.get('kept')).toBe('yes');
    } finally {
      client.disconnect();
    }
  });

  it('start exactly the chosen servers', async () => {
    const chosen = await startTestServers({ s3: true, redis: true });
    expect(Object.keys(chosen).sort()).toEqual(['redis', 's3']);
    expect(chosen.s3.bucket).toMatch(/^delauto-t[0-9a-f]{12}$/);
  });
});

describe('the coordinator', () => {
  let folder: string;
  const held: Socket[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'delauto-coordinator-'));
  });
  afterEach(async () => {
    held.splice(0).forEach((socket) => socket.destroy());
    await rm(folder, { recursive: true, force: true });
  });

  const fake = (over: Partial<RunningServer>): RunningServer => ({
    name: 'mongodb',
    strategy: 'cache',
    url: 'mongodb://127.0.0.1:1/delauto',
    environment: { MONGODB_URI: 'mongodb://127.0.0.1:1/delauto' },
    version: '6.0.5',
    pid: undefined,
    logFile: undefined,
    readyAfterMs: 0,
    stop: () => Promise.resolve(),
    kill9: () => Promise.resolve(),
    restart: () => Promise.resolve(),
    pause: () => Promise.resolve(),
    resume: () => Promise.resolve(),
    ...over,
  });

  function request(socketPath: string, line: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(socketPath, () => socket.write(`${line}\n`));
      socket.on('error', reject);
      socket.on(
        'data',
        lineReader((answer) => {
          resolve(JSON.parse(answer));
          // The lease is held until the test is over.
          held.push(socket);
        }),
      );
    });
  }

  it('starts a server at its first request, only once, and stops it at the end', async () => {
    let started = 0;
    let stopped = 0;
    const coordinator = new Coordinator({}, () => {
      started += 1;
      return Promise.resolve(fake({ stop: () => Promise.resolve(void (stopped += 1)) }));
    });
    const socket = join(folder, 's');
    await coordinator.listen(socket);
    expect(started).toBe(0);
    const answers = await Promise.all([1, 2, 3].map(() => request(socket, '{"do":"lease","server":"mongodb"}')));
    expect(answers).toEqual([1, 2, 3].map(() => expect.objectContaining({ ok: true }) as unknown));
    expect(started).toBe(1);
    await coordinator.close();
    expect(stopped).toBe(1);
  });

  it('replies with the reason why a server did not start, so that the test fails and is not skipped', async () => {
    const failure = Object.assign(new Error('No MongoDB could be started.'), { code: 'SERVER_NOT_FOUND' });
    const coordinator = new Coordinator({}, () => Promise.reject(failure));
    const socket = join(folder, 's');
    await coordinator.listen(socket);
    expect(await request(socket, '{"do":"lease","server":"mongodb"}')).toEqual({
      ok: false,
      code: 'SERVER_NOT_FOUND',
      message: 'No MongoDB could be started.',
    });
    await coordinator.close();
  });

  it('ends and stops its servers when the process that started it is killed with SIGKILL', async () => {
    const socket = join(folder, 's');
    const here = join(process.cwd(), 'libs/testing/servers');
    const flags = ['--no-warnings', '--experimental-transform-types', '--import', join(here, 'typescript-sources.ts')];
    // Takes the place of Vitest: it starts the coordinator like the global setup and then waits to be killed.
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ${JSON.stringify([...flags, join(here, 'coordinator-main.ts'), socket])},
        { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, NODE_OPTIONS: '' } });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const coordinatorPid = Number(
      await new Promise<string>((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(data.toString()))),
    );
    const lease = await waitUntil(() => request(socket, '{"do":"lease","server":"redis"}'), {
      what: 'the coordinator to answer',
    });
    const url = (lease as { environment: Record<string, string> }).environment['REDIS_URL'] ?? '';
    expect(url).toMatch(/^redis:/);
    parent.kill('SIGKILL');
    await waitUntil(() => !isAlive(coordinatorPid), { what: 'the coordinator to end' });
    await waitUntil(() => refusesConnections(url), { what: 'its server to end' });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function refusesConnections(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = createConnection(Number(port), hostname, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}
