import { PINNED } from '../fetch/manifest.js';
import type { NatsAccount, ServerDefinition } from './server.js';
import { parseVersion } from './version.js';

/** The server's configuration file; with accounts, each is an isolated world of subjects and streams. */
export function natsConfiguration(
  bind: string,
  port: number,
  storeDir: string,
  accounts: readonly NatsAccount[],
): string {
  const quoted = (text: string): string => JSON.stringify(text);
  const lines = [
    `listen: ${quoted(`${bind}:${port}`)}`,
    // What is acknowledged survives `kill -9`, being with the kernel; this bounds what a power cut may take.
    `jetstream { store_dir: ${quoted(storeDir)}, max_memory_store: 256MB, max_file_store: 20GB, sync_interval: "10s" }`,
    'max_payload: 1MB',
  ];
  if (accounts.length > 0) {
    const entries = accounts.map(
      ({ user, password }) =>
        `  ${user.toUpperCase()} { jetstream: enabled, users: [{ user: ${quoted(user)}, password: ${quoted(password)} }] }`,
    );
    lines.push('accounts {', ...entries, '}');
  }
  return `${lines.join('\n')}\n`;
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

  launch: ({ bind, ports, dataDir, natsAccounts }) => ({
    args: ['--config', `${dataDir}/nats.conf`],
    files: [{ name: 'nats.conf', content: natsConfiguration(bind, ports[0], `${dataDir}/jetstream`, natsAccounts) }],
  }),

  environment({ ports, natsAccounts }, host) {
    const [first] = natsAccounts;
    const login = first ? `${first.user}:${first.password}@` : '';
    return { NATS_URL: `nats://${login}${host}:${ports[0]}` };
  },

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
