import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:net';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { mongo as Mongo } from 'mongoose';
import { Redis } from 'ioredis';
import { startServer, startServers } from './start-server.js';
import type { RunningServer, ServerName } from './server.js';

const { mongo } = await import('mongoose');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'delauto-resolver-spec-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function installProgram(name: string, version: string): Promise<string> {
  const bin = await mkdtemp(join(folder, 'bin-'));
  await writeFile(join(bin, name), `#!/bin/sh\necho '${version}'\n`);
  await chmod(join(bin, name), 0o755);
  return bin;
}

describe('startServer', () => {
  it('rejects an old program on the PATH with its version, its path and the required version', async () => {
    const bin = await installProgram('nats-server', 'nats-server: v2.9.10');
    const reported: string[] = [];
    await expect(
      startServer('nats', { env: { PATH: bin }, strategies: ['path'], report: (line) => reported.push(line) }),
    ).rejects.toMatchObject({
      code: 'SERVER_NOT_FOUND',
      message: expect.stringContaining(
        `NATS 2.9.10 at ${bin}/nats-server is too old: needed is 2.10 or newer`,
      ) as string,
    });
    expect(reported).toHaveLength(1);
  });

  it('rejects an old server given by URL instead of silently starting another', async () => {
    const old = await startFakeRedis('6.2.14');
    const { port } = old.address() as { port: number };
    const url = `redis://:secret@127.0.0.1:${port}/0`;
    const failure = startServer('redis', { env: { REDIS_URL: url, PATH: process.env['PATH'] } });
    await expect(failure).rejects.toMatchObject({
      code: 'SERVER_TOO_OLD',
      message: expect.stringMatching(
        /^Redis 6\.2\.14 at REDIS_URL=redis:\/\/\*\*\*@127\.0\.0\.1:\d+\/0 is too old: needed is 7\.0/,
      ) as string,
    });
    old.close();
  });

  it('names the variable of an unreachable URL, without its password', async () => {
    const failure = startServer('nats', { env: { NATS_URL: 'nats://user:hush@127.0.0.1:9' } });
    await expect(failure).rejects.toMatchObject({ code: 'SERVER_UNUSABLE' });
    await expect(failure).rejects.toThrow(/NATS at NATS_URL=nats:\/\/\*\*\*@127\.0\.0\.1:9 is not usable/);
  });

  it('lists every strategy it tried when it finds no server', async () => {
    await expect(startServer('mongodb', { env: { PATH: folder }, strategies: ['url', 'path'] })).rejects.toThrow(
      /No MongoDB could be started\. Set MONGODB_URI, start Docker[^]*path: no mongod on the PATH/,
    );
  });
});

describe('the four servers', () => {
  let servers: Map<ServerName, RunningServer>;
  beforeAll(async () => {
    servers = await startServers(undefined, {
      env: { ...process.env, MONGODB_URI: '', REDIS_URL: '', NATS_URL: '', S3_ENDPOINT: '' },
    });
  });
  afterAll(() => Promise.all([...servers.values()].map((server) => server.stop())));

  const server = (name: ServerName): RunningServer => {
    const found = servers.get(name);
    if (!found) throw new Error(`${name} was not started`);
    return found;
  };

  it('start on the loopback address, each with its own URL', () => {
    expect([...servers.keys()].sort()).toEqual(['mongodb', 'nats', 'redis', 's3']);
    for (const { url } of servers.values()) expect(url).toContain('127.0.0.1');
    expect(new Set([...servers.values()].map(({ url }) => url)).size).toBe(4);
  });

  it('keep acknowledged data and their port after kill -9', async () => {
    const redis = server('redis');
    await withRedis(redis.url, (client) => client.set('kept', 'yes'));
    const { pid } = redis;
    await redis.kill9();
    await expect(withRedis(redis.url, (client) => client.ping())).rejects.toThrow();
    await redis.restart();
    expect(redis.pid).not.toBe(pid);
    expect(await withRedis(redis.url, (client) => client.get('kept'))).toBe('yes');

    const mongodb = server('mongodb');
    const client = new mongo.MongoClient(mongodb.url);
    try {
      await client.db().collection('things').insertOne({ name: 'kept' });
      await mongodb.kill9();
      await mongodb.restart();
      // The same client reconnects to the primary.
      expect(await client.db().collection('things').countDocuments({ name: 'kept' })).toBe(1);
    } finally {
      await client.close();
    }
  });

  it('restart NATS and S3 after kill -9, and verify that they work', async () => {
    for (const name of ['nats', 's3'] as const) {
      await server(name).kill9();
      expect(server(name).pid).toBeUndefined();
      await server(name).restart();
      expect(server(name).pid).toBeDefined();
    }
  });

  it('use a suitable server given by URL, and do not stop it', async () => {
    for (const name of ['redis', 'nats', 'mongodb', 's3'] as const) {
      const owned = server(name);
      const byUrl = await startServer(name, { env: { ...owned.environment } });
      expect(byUrl).toMatchObject({ strategy: 'url', url: owned.url, environment: owned.environment });
      await byUrl.stop();
      await expect(byUrl.kill9()).rejects.toMatchObject({ code: 'SERVER_NOT_OURS' });
    }
    expect(await withRedis(server('redis').url, (client) => client.ping())).toBe('PONG');
  });

  it('reject a wrong S3 secret, so that signed URLs can be tested', async () => {
    const env = { ...server('s3').environment, S3_SECRET_ACCESS_KEY: 'wrong' };
    await expect(startServer('s3', { env })).rejects.toMatchObject({ code: 'SERVER_UNUSABLE' });
  });

  it('leave no process and no folder after stop', async () => {
    const extra = await startServer('redis', { env: { ...process.env, REDIS_URL: '' } });
    const { pid, logFile } = extra;
    await extra.stop();
    expect(pid === undefined || !isAlive(pid)).toBe(true);
    if (logFile !== undefined) await expect(rm(logFile)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('data in a given folder', () => {
  it('is still available when the servers restart on other ports', async () => {
    const dataDir = join(folder, 'kept');
    const env = { ...process.env, MONGODB_URI: '', S3_ENDPOINT: '' };
    const names = ['mongodb', 's3'] as const;
    const url = (servers: Map<ServerName, RunningServer>, name: ServerName): string => servers.get(name)?.url ?? '';

    const first = await startServers(names, { env, dataDir });
    await withMongo(url(first, 'mongodb'), (things) => things.insertOne({ name: 'kept' }));
    await withObject(first.get('s3'), (client, object) =>
      client.send(new PutObjectCommand({ ...object, Body: 'kept' })),
    );
    await Promise.all([...first.values()].map((server) => server.stop()));

    const second = await startServers(names, { env, dataDir });
    try {
      expect(url(second, 'mongodb')).not.toBe(url(first, 'mongodb'));
      expect(await withMongo(url(second, 'mongodb'), (things) => things.countDocuments())).toBe(1);
      const body = await withObject(second.get('s3'), async (client, object) =>
        (await client.send(new GetObjectCommand(object))).Body?.transformToString(),
      );
      expect(body).toBe('kept');
    } finally {
      await Promise.all([...second.values()].map((server) => server.stop()));
    }
  });
});

async function withMongo<T>(uri: string, work: (things: Mongo.Collection) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(uri);
  try {
    return await work(client.db().collection('things'));
  } finally {
    await client.close();
  }
}

async function withObject<T>(
  server: RunningServer | undefined,
  work: (client: S3Client, object: { Bucket: string; Key: string }) => Promise<T>,
): Promise<T> {
  const environment = server?.environment ?? {};
  const client = new S3Client({
    endpoint: environment['S3_ENDPOINT'] ?? '',
    region: environment['S3_REGION'] ?? '',
    forcePathStyle: true,
    credentials: {
      accessKeyId: environment['S3_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['S3_SECRET_ACCESS_KEY'] ?? '',
    },
  });
  try {
    return await work(client, { Bucket: environment['S3_BUCKET'] ?? '', Key: 'kept' });
  } finally {
    client.destroy();
  }
}

async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Replies to every command as an old Redis replies to INFO. */
async function startFakeRedis(version: string): Promise<Server> {
  const info = `# Server\r\nredis_version:${version}\r\n`;
  const reply = `$${info.length}\r\n${info}\r\n`;
  const server = createServer((socket) =>
    socket.on('data', (bytes) => socket.write(reply.repeat(bytes.toString().split(/^\*\d+\r$/m).length - 1))),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
