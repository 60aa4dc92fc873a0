import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { BakeryModule } from '#libs/testing/work-fixture/bakery.js';

const countTimers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('an app with queues', () => {
  it('does not keep its process alive after it is closed', async () => {
    const { mongo, redis } = await startTestServers({ mongo: true, redis: true });
    const observer = new Redis(redis.url);
    const initialCount = countTimers();
    const app = await NestFactory.createApplicationContext(
      BakeryModule.create({ mongoUri: mongo.uri, redisUrl: redis.url }),
      { logger: false },
    );
    await waitUntil(async () => String(await observer.client('LIST')).includes('cmd=bzpopmin'), {
      what: 'a worker that waits for jobs',
    });
    await app.close();
    observer.disconnect();
    // Much earlier than the socket timeout of a worker, 15 s.
    await waitUntil(() => countTimers() <= initialCount, { what: 'the timers of the app to end' });
  });
});
