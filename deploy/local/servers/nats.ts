import { PINNED } from '../fetch/manifest.js';
import type { ServerDefinition } from './server.js';
import { parseVersion } from './version.js';

/** The server's configuration file. */
function configuration(bind: string, port: number, storeDir: string): string {
  return [
    `listen: ${JSON.stringify(`${bind}:${port}`)}`,
    // What is acknowledged survives `kill -9`, being with the kernel; the interval bounds what a power cut may take.
    `jetstream { store_dir: ${JSON.stringify(storeDir)}, max_memory_store: 256MB, max_file_store: 20GB, sync_interval: "10s" }`,
    '',
  ].join('\n');
}

/** NATS with JetStream. */
export const nats: ServerDefinition = {
  name: 'nats',
  title: 'NATS',
  urlVariable: 'NATS_URL',
  minimum: [2, 10],
  minimumFor: 'JetStream consumers with several filter subjects and metadata',
  programs: ['nats-server'],
  versionArgs: ['--version'],
  aptHint: 'Debian 12 carries 2.9 only: take a release of nats-server from its project',
  pin: PINNED.nats,
  image: 'nats:2.12-alpine',
  portCount: 1,
  stopGraceMs: 5_000,

  launch: ({ bind, ports, dataDir }) => ({
    args: ['--config', `${dataDir}/nats.conf`],
    files: [{ name: 'nats.conf', content: configuration(bind, ports[0], `${dataDir}/jetstream`) }],
  }),

  environment: ({ ports }, host) => ({ NATS_URL: `nats://${host}:${ports[0]}` }),

  async prove(environment) {
    const [{ connect }, { jetstreamManager }] = await Promise.all([
      import('@nats-io/transport-node'),
      import('@nats-io/jetstream'),
    ]);
    const url = new URL(environment['NATS_URL'] ?? '');
    const connection = await connect({
      servers: url.host,
      ...(url.username === ''
        ? {}
        : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }),
      timeout: 3_000,
      reconnect: false,
    });
    try {
      await (await jetstreamManager(connection)).getAccountInfo();
      return parseVersion(connection.info?.version ?? '');
    } finally {
      await connection.close();
    }
  },
};
