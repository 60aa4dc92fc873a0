import type * as Sdk from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import type { RunningServer, ServerName } from '#deploy/local/servers/index.js';

/** The part of a server that one test file may use. */
export interface Space {
  readonly environment: Readonly<Record<string, string>>;
  cleanUp(): Promise<void>;
  /** How the server is shared. A server given by URL outlives this run, so its spaces must always be cleaned up. */
  readonly shared: 'across runs' | 'within the run' | 'dedicated';
  /** Present only for a dedicated server. */
  readonly server?: RunningServer;
}

/** Returns a name that is unique to a test file and valid in databases, buckets and keys. */
export function randomPrefix(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

/** Creates a space on a shared server. Tests use only names with their random prefix. */
export async function openSharedSpace(server: RunningServer): Promise<Space> {
  const shared = server.strategy === 'url' ? 'across runs' : 'within the run';
  return { ...(await OPENERS[server.name](server, randomPrefix())), shared };
}

const OPENERS: Readonly<Record<ServerName, (server: RunningServer, prefix: string) => Promise<Omit<Space, 'shared'>>>> =
  {
    mongodb: (server, prefix) => {
      const uri = new URL(server.url);
      uri.pathname = `/${prefix}`;
      return Promise.resolve({
        environment: { MONGODB_URI: uri.href, PREFIX: prefix },
        cleanUp: () => dropDatabases(server.url, prefix),
      });
    },

    redis: (server, prefix) =>
      Promise.resolve({
        environment: { REDIS_URL: server.url, PREFIX: prefix },
        cleanUp: () => deleteKeys(server.url, prefix),
      }),

    nats: async (server, prefix) => {
      const existing = new Set(await withStreams(server.url, (names) => Promise.resolve(names)));
      return {
        environment: { NATS_URL: server.url, PREFIX: prefix },
        cleanUp: async () => {
          await withStreams(server.url, async (names, remove) => {
            for (const name of names) if (!existing.has(name)) await remove(name);
          });
        },
      };
    },

    s3: async ({ environment }, prefix) => {
      const bucket = `${environment['S3_BUCKET'] ?? 'delauto'}-${prefix}`;
      await withS3(environment, async (sdk, client) => {
        await client.send(new sdk.CreateBucketCommand({ Bucket: bucket }));
      });
      return {
        environment: { ...environment, S3_BUCKET: bucket, PREFIX: prefix },
        cleanUp: () => withS3(environment, (sdk, client) => deleteBucket(sdk, client, bucket)),
      };
    },
  };

async function dropDatabases(uri: string, prefix: string): Promise<void> {
  const { mongo } = await import('mongoose');
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 500 }) as AsyncIterable<string[]>) {
      if (keys.length > 0) await client.unlink(...keys);
    }
  } finally {
    client.disconnect();
  }
}

async function withStreams<T>(
  url: string,
  work: (names: string[], remove: (name: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const [{ connect }, { jetstreamManager }] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@nats-io/jetstream'),
  ]);
  const connection = await connect({ servers: url, timeout: 30_000 });
  try {
    const manager = await jetstreamManager(connection);
    const names: string[] = [];
    for await (const stream of manager.streams.list()) names.push(stream.config.name);
    return await work(names, (name) => manager.streams.delete(name));
  } finally {
    await connection.close();
  }
}

async function withS3(
  environment: Readonly<Record<string, string>>,
  work: (sdk: typeof Sdk, client: Sdk.S3Client) => Promise<void>,
): Promise<void> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    endpoint: environment['S3_ENDPOINT'] ?? '',
    region: environment['S3_REGION'] ?? '',
    credentials: {
      accessKeyId: environment['S3_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['S3_SECRET_ACCESS_KEY'] ?? '',
    },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  try {
    await work(sdk, client);
  } finally {
    client.destroy();
  }
}

async function deleteBucket(sdk: typeof Sdk, client: Sdk.S3Client, bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await client.send(new sdk.ListObjectsV2Command({ Bucket: bucket }));
    if (Contents.length === 0) break;
    for (const { Key } of Contents) await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key }));
  }
  await client.send(new sdk.DeleteBucketCommand({ Bucket: bucket }));
}
