import { PINNED } from '../fetch/manifest.js';
import type { ServerDefinition } from './server.js';
import { parseVersion } from './version.js';

const REPLICA_SET = 'rs0';

/** MongoDB as a replica set with one member, because transactions and change streams need a replica set. */
export const mongodb: ServerDefinition = {
  name: 'mongodb',
  title: 'MongoDB',
  urlVariable: 'MONGODB_URI',
  minimum: [6, 0],
  minimumFor: 'a replica set with transactions and change streams',
  programs: ['mongod'],
  versionArgs: ['--version'],
  installAdvice: 'Debian has no MongoDB package; install it from the vendor',
  pin: PINNED.mongodb,
  image: 'mongo:8.0',
  portCount: 1,
  stopGraceMs: 10_000,

  launch: ({ bind, ports, dataDir }) => ({
    args: [
      '--replSet',
      REPLICA_SET,
      '--dbpath',
      dataDir,
      '--bind_ip',
      bind,
      '--port',
      String(ports[0]),
      // Small and fast: 17 MB on disk at the start instead of 300 MB, and no diagnostic samples every second.
      '--wiredTigerCacheSizeGB',
      '0.25',
      '--oplogSize',
      '256',
      '--nounixsocket',
      '--wiredTigerEngineConfigString',
      'log=(prealloc=false,file_max=16MB)',
      '--setParameter',
      'diagnosticDataCollectionEnabled=false',
      // The transaction of a killed process stays open and keeps its locks, by default for more than a minute.
      '--setParameter',
      'transactionLifetimeLimitSeconds=5',
    ],
  }),

  environment: ({ ports }, host) => ({
    MONGODB_URI: `mongodb://${host}:${ports[0]}/delauto?replicaSet=${REPLICA_SET}`,
  }),

  async checkReady(environment, isOwned) {
    const { mongo } = await import('mongoose');
    const uri = new URL(environment['MONGODB_URI'] ?? '');
    if (isOwned) {
      // Before the replica set is initiated, a client that connects to the set finds no server.
      uri.searchParams.delete('replicaSet');
      uri.searchParams.set('directConnection', 'true');
    }
    const client = new mongo.MongoClient(uri.href, { serverSelectionTimeoutMS: 3_000 });
    try {
      const admin = client.db('admin');
      let hello = await admin.command({ hello: 1 });
      if (isOwned && hello['isWritablePrimary'] !== true) {
        await configureReplicaSet((command) => admin.command(command), uri.host);
        hello = await admin.command({ hello: 1 });
      }
      if (typeof hello['setName'] !== 'string') {
        throw new Error(
          'The server is not a member of a replica set. Start mongod with --replSet and run rs.initiate().',
        );
      }
      if (hello['isWritablePrimary'] !== true) throw new Error('The replica set has no writable primary yet.');
      const { version } = (await admin.command({ buildInfo: 1 })) as { version?: string };
      return parseVersion(version ?? '');
    } finally {
      await client.close();
    }
  },
};

const ALREADY_INITIALIZED = 23;

type RunCommand = (command: Record<string, unknown>) => Promise<unknown>;

interface SetConfiguration {
  readonly config: { readonly version: number; readonly members: readonly { readonly host: string }[] };
}

/**
 * Makes the server the only member of its replica set: initiates the set, or updates the member's address when existing
 * data was last served on another port.
 */
async function configureReplicaSet(run: RunCommand, host: string): Promise<void> {
  const members = [{ _id: 0, host }];
  try {
    await run({ replSetInitiate: { _id: REPLICA_SET, members } });
  } catch (error) {
    if ((error as { code?: unknown }).code !== ALREADY_INITIALIZED) throw error;
    const { config } = (await run({ replSetGetConfig: 1 })) as SetConfiguration;
    if (config.members[0]?.host === host) return;
    await run({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  }
}
