import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { ServerName } from '#deploy/local/servers/index.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { COORDINATOR_VARIABLE, lineReader, type Reply, type Request } from './protocol.js';

/** No server could be had for a test; never a reason to skip it. */
export class TestServerError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'TestServerError';
  }
}

export interface TestMongo {
  /** With the database name `dbPrefix` in it. */
  readonly uri: string;
  /** Databases whose name begins so are this test's own and are dropped afterwards. */
  readonly dbPrefix: string;
  readonly release: () => Promise<void>;
}

/** A server of this test's own, unless one was given by URL: then all that is done to it is rejected. */
export interface TestServer {
  readonly url: string;
  /** For names and keys, in case the server was given by URL and is shared. */
  readonly prefix: string;
  kill9(): Promise<void>;
  /** Same port, same data; resolves when it is ready. */
  restart(): Promise<void>;
  /** Stops it from running until `resume`: its connections stay open and nothing is answered. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  readonly release: () => Promise<void>;
}

export interface TestS3 {
  readonly endpoint: string;
  readonly region: string;
  /** Empty and this test's own. */
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly release: () => Promise<void>;
}

/** A MongoDB replica set for this test file, with databases under a random prefix. Cleaned away after its tests. */
export async function testMongo(): Promise<TestMongo> {
  const { environment, release } = await lease('mongodb');
  return { uri: environment['MONGODB_URI'] ?? '', dbPrefix: environment['PREFIX'] ?? '', release };
}

/** A NATS server with JetStream that no other test uses. */
export async function testNats(): Promise<TestServer> {
  return ownServer(await lease('nats'), 'NATS_URL');
}

/** A Redis-protocol server that no other test uses. */
export async function testRedis(): Promise<TestServer> {
  return ownServer(await lease('redis'), 'REDIS_URL');
}

/** A fresh bucket on an S3 server that checks signatures. */
export async function testS3(): Promise<TestS3> {
  const { environment, release } = await lease('s3');
  return {
    endpoint: environment['S3_ENDPOINT'] ?? '',
    region: environment['S3_REGION'] ?? '',
    bucket: environment['S3_BUCKET'] ?? '',
    accessKeyId: environment['S3_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: environment['S3_SECRET_ACCESS_KEY'] ?? '',
    release,
  };
}

type Choice = { readonly mongo?: true; readonly nats?: true; readonly redis?: true; readonly s3?: true };
type Chosen<C extends Choice> = (C['mongo'] extends true ? { mongo: TestMongo } : unknown) &
  (C['nats'] extends true ? { nats: TestServer } : unknown) &
  (C['redis'] extends true ? { redis: TestServer } : unknown) &
  (C['s3'] extends true ? { s3: TestS3 } : unknown);

/** Several at once: `const { mongo, nats } = await startTestServers({ mongo: true, nats: true })`. */
export async function startTestServers<const C extends Choice>(choice: C): Promise<Chosen<C>> {
  const entries = await Promise.all([
    choice.mongo && testMongo().then((mongo) => ({ mongo })),
    choice.nats && testNats().then((nats) => ({ nats })),
    choice.redis && testRedis().then((redis) => ({ redis })),
    choice.s3 && testS3().then((s3) => ({ s3 })),
  ]);
  return Object.assign({}, ...entries) as Chosen<C>;
}

interface Lease {
  readonly environment: Readonly<Record<string, string>>;
  ask(request: Request): Promise<void>;
  readonly release: () => Promise<void>;
}

function ownServer(lease: Lease, variable: string): TestServer {
  return {
    url: lease.environment[variable] ?? '',
    prefix: lease.environment['PREFIX'] ?? '',
    kill9: () => lease.ask({ do: 'kill9' }),
    restart: () => lease.ask({ do: 'restart' }),
    pause: () => lease.ask({ do: 'pause' }),
    resume: () => lease.ask({ do: 'resume' }),
    release: () => lease.release(),
  };
}

async function lease(server: ServerName): Promise<Lease> {
  const path = process.env[COORDINATOR_VARIABLE];
  if (path === undefined) {
    throw new TestServerError(
      'TEST_SERVERS_MISSING',
      "No coordinator of test servers: set Jest's globalSetup to libs/testing/servers/jest-global-setup.ts.",
    );
  }
  const socket = await connectTo(path);
  const waiting: ((reply: Reply) => void)[] = [];
  const gone = (): Reply => ({ ok: false, code: 'TEST_SERVERS_GONE', message: `The coordinator ended.${logOf(path)}` });
  socket.on(
    'data',
    lineReader((line) => waiting.shift()?.(JSON.parse(line) as Reply)),
  );
  socket.on('error', () => undefined);
  socket.on('close', () => waiting.splice(0).forEach((answer) => answer(gone())));
  const ask = async (request: Request): Promise<Readonly<Record<string, string>>> => {
    socket.ref();
    const reply = await new Promise<Reply>((resolve) => {
      waiting.push(resolve);
      if (socket.destroyed) waiting.splice(0).forEach((answer) => answer(gone()));
      else socket.write(`${JSON.stringify(request)}\n`);
    });
    // An idle lease keeps no test process alive.
    socket.unref();
    if (!reply.ok) throw new TestServerError(reply.code, reply.message);
    return reply.environment;
  };
  const release = async (): Promise<void> => {
    if (socket.destroyed) return;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.ref();
    socket.end();
    await closed;
  };
  try {
    const environment = await ask({ do: 'lease', server });
    registerRelease(release);
    return { environment, release, ask: async (request) => void (await ask(request)) };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The worker may be quicker than the coordinator's start. */
function connectTo(path: string): Promise<Socket> {
  return waitUntil(
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(path);
        socket.once('connect', () => resolve(socket));
        socket.once('error', reject);
      }),
    { what: 'the coordinator of test servers to listen', deadlineMs: 20_000 },
  ).catch((error: unknown) => {
    throw new TestServerError('TEST_SERVERS_GONE', `${(error as Error).message}${logOf(path)}`);
  });
}

/** Leases end with the test file by themselves, when its process does; within one process the hook ends them earlier. */
const releases = new Set<() => Promise<void>>();

function registerRelease(release: () => Promise<void>): void {
  releases.add(release);
}

/** Ends every lease of this test file; called by an `afterAll` that importing this module registers. */
async function releaseAll(): Promise<void> {
  const all = [...releases];
  releases.clear();
  await Promise.all(all.map((release) => release()));
}

// Jest forbids hooks inside tests, so it is registered on import, where test files are still being described.
if (typeof afterAll === 'function') afterAll(releaseAll);

function logOf(path: string): string {
  try {
    return `\n${readFileSync(join(dirname(path), 'servers.log'), 'utf8')
      .trim()
      .split('\n')
      .slice(-15)
      .join('\n')}`;
  } catch {
    return '';
  }
}
