import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { ServerName } from '#deploy/local/servers/index.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { COORDINATOR_VARIABLE, lineReader, type Reply, type Request } from './protocol.js';

/** A test server could not be started. A test must fail with this error, not skip. */
export class TestServerError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'TestServerError';
  }
}

/** A MongoDB for one test file. */
export interface TestMongo {
  /** Includes the database name `dbPrefix`. */
  readonly uri: string;
  /** Databases whose names start with it belong to this test file and are dropped afterwards. */
  readonly dbPrefix: string;
  readonly release: () => Promise<void>;
}

/** A dedicated server of this test file. When the server is given by URL, its actions reject. */
export interface TestServer {
  readonly url: string;
  /** A prefix for names and keys, because a server given by URL is shared. */
  readonly prefix: string;
  kill9(): Promise<void>;
  /** Restarts the server with the same port and data. Resolves when it is ready. */
  restart(): Promise<void>;
  /** Freezes the server until `resume`: its connections stay open, but it answers nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  readonly release: () => Promise<void>;
}

/** An S3 server for one test file. */
export interface TestS3 {
  readonly endpoint: string;
  readonly region: string;
  /** An empty bucket of this test file. */
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly release: () => Promise<void>;
}

/** A MongoDB replica set for this test file. Its databases have a random prefix and are dropped after the tests. */
export async function testMongo(): Promise<TestMongo> {
  const { environment, release } = await lease('mongodb');
  return { uri: environment['MONGODB_URI'] ?? '', dbPrefix: environment['PREFIX'] ?? '', release };
}

/** A NATS server with JetStream that no other test uses. */
export async function testNats(): Promise<TestServer> {
  return toTestServer(await lease('nats'), 'NATS_URL');
}

/** A Redis-protocol server that no other test uses. */
export async function testRedis(): Promise<TestServer> {
  return toTestServer(await lease('redis'), 'REDIS_URL');
}

/** A new bucket on an S3 server that verifies signatures. */
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

/** Starts several servers: `const { mongo, nats } = await startTestServers({ mongo: true, nats: true })`. */
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

function toTestServer(lease: Lease, variable: string): TestServer {
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
      "No coordinator of test servers: set Vitest's globalSetup to libs/testing/servers/global-setup.ts.",
    );
  }
  const socket = await connectTo(path);
  const waiting: ((reply: Reply) => void)[] = [];
  const coordinatorEnded = (): Reply => ({
    ok: false,
    code: 'TEST_SERVERS_GONE',
    message: `The coordinator ended.${readLog(path)}`,
  });
  socket.on(
    'data',
    lineReader((line) => waiting.shift()?.(JSON.parse(line) as Reply)),
  );
  socket.on('error', () => undefined);
  socket.on('close', () => waiting.splice(0).forEach((answer) => answer(coordinatorEnded())));
  const ask = async (request: Request): Promise<Readonly<Record<string, string>>> => {
    socket.ref();
    const reply = await new Promise<Reply>((resolve) => {
      waiting.push(resolve);
      if (socket.destroyed) waiting.splice(0).forEach((answer) => answer(coordinatorEnded()));
      else socket.write(`${JSON.stringify(request)}\n`);
    });
    // An idle lease must not keep the test process alive.
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

/** Retries, because a Vitest worker may be ready before the coordinator listens. */
function connectTo(path: string): Promise<Socket> {
  return waitUntil(
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(path);
        socket.once('connect', () => resolve(socket));
        socket.once('error', reject);
      }),
    { what: 'the coordinator of test servers to listen' },
  ).catch((error: unknown) => {
    throw new TestServerError('TEST_SERVERS_GONE', `${(error as Error).message}${readLog(path)}`);
  });
}

/** Leases end with the process of the test file at the latest. Within a process the hook ends them earlier. */
const releases = new Set<() => Promise<void>>();

function registerRelease(release: () => Promise<void>): void {
  releases.add(release);
}

/** Ends every lease of the running test file. */
export async function releaseTestServers(): Promise<void> {
  const all = [...releases];
  releases.clear();
  await Promise.all(all.map((release) => release()));
}

function readLog(path: string): string {
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
