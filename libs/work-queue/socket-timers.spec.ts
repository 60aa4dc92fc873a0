import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { BakeryModule } from '#libs/testing/work-fixture/bakery.js';

const timersHeld = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('an app with queues', () => {
  it('holds its process no longer once it is closed', async () => {
    const { mongo, redis } = await startTestServers({ mongo: true, redis: true });
    const witness = new Redis(redis.url);
    const before = timersHeld();
    const app = await NestFactory.createApplicationContext(
      BakeryModule.create({ mongoUri: mongo.uri, redisUrl: redis.url }),
      { logger: false },
    );
    await waitUntil(async () => String(await witness.client('LIST')).includes('cmd=bzpopmin'), {
      what: 'a worker that waits for jobs',
      deadlineMs: 10_000,
    });
    await app.close();
    witness.disconnect();
    // Far sooner than the 15 seconds after which a worker gives up a silent Redis.
    await waitUntil(() => timersHeld() <= before, { what: 'its timers to end', deadlineMs: 5_000 });
  });
});
