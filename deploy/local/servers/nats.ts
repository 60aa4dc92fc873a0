import { PINNED } from '../fetch/manifest.js';
import type { ServerDefinition } from './server.js';
import { parseVersion } from './version.js';

/** The content of the server's configuration file. */
function configuration(bind: string, port: number, storeDir: string): string {
  return [
    `listen: ${JSON.stringify(`${bind}:${port}`)}`,
    // Acknowledged messages survive `kill -9`, because they are in the kernel's page cache. `sync_interval` limits the
    // loss in a power failure.
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
  installAdvice: 'Debian 12 has only 2.9; install a release of nats-server from the project',
  pin: PINNED.nats,
  image: 'nats:2.12-alpine',
  portCount: 1,
  stopGraceMs: 5_000,

  launch: ({ bind, ports, dataDir }) => ({
    args: ['--config', `${dataDir}/nats.conf`],
    files: [{ name: 'nats.conf', content: configuration(bind, ports[0], `${dataDir}/jetstream`) }],
  }),

  environment: ({ ports }, host) => ({ NATS_URL: `nats://${host}:${ports[0]}` }),

  async checkReady(environment) {
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
