import { PINNED } from '../fetch/manifest.js';
import type { ServerDefinition } from './server.js';
import { parseVersion } from './version.js';

/** A server with the Redis protocol: Valkey or Redis. */
export const redis: ServerDefinition = {
  name: 'redis',
  title: 'Redis',
  urlVariable: 'REDIS_URL',
  minimum: [7, 0],
  minimumFor: 'BullMQ and Redis functions',
  programs: ['valkey-server', 'redis-server'],
  versionArgs: ['--version'],
  installAdvice: 'apt-get install -y redis-server',
  pin: PINNED.redis,
  image: 'valkey/valkey:8-alpine',
  portCount: 1,
  stopGraceMs: 5_000,

  launch: ({ bind, ports, dataDir }) => ({
    args: [
      '--bind',
      bind,
      '--protected-mode',
      'no',
      '--port',
      String(ports[0]),
      '--dir',
      dataDir,
      // Queued jobs survive `kill -9`: the server writes every command to the append-only file before it
      // replies.
      '--appendonly',
      'yes',
      '--appendfsync',
      'everysec',
      '--save',
      '',
      // BullMQ breaks if keys are evicted.
      '--maxmemory-policy',
      'noeviction',
      '--daemonize',
      'no',
    ],
  }),

  environment: ({ ports }, host) => ({ REDIS_URL: `redis://${host}:${ports[0]}/0` }),

  async checkReady(environment) {
    const { Redis } = await import('ioredis');
    const client = new Redis(environment['REDIS_URL'] ?? '', {
      lazyConnect: true,
      retryStrategy: () => null,
      connectTimeout: 3_000,
      commandTimeout: 3_000,
      maxRetriesPerRequest: 0,
    });
    // Without a listener ioredis prints each refused connection to the console.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const info = await client.info('server');
      // Valkey reports the compatible Redis version in addition to its own.
      return parseVersion(/redis_version:(\S+)/.exec(info)?.[1] ?? '');
    } finally {
      client.disconnect();
    }
  },
};
