import type { DynamicModule } from '@nestjs/common';
import { contractRegistry } from '#libs/contracts/index.js';
import { MessagingModule } from '#libs/messaging/index.js';
import { PersistenceModule } from '#libs/persistence/index.js';
import { TEST_DATA_KEY, TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { PlatformModule } from '#libs/platform/platform.module.js';
import { WorkQueueModule } from '#libs/work-queue/index.js';
import { ROUTING_QUEUES } from '../config/queues.js';
import { RoutingConfig } from '../config/routing.config.js';
import { RoutingFeatures } from '../routing.module.js';

export interface RoutingServers {
  readonly mongoUri: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
}

/** Modules of routing on the given servers, with short work queue intervals to speed up tests. */
export function routingModules(
  { mongoUri, natsUrl, redisUrl }: RoutingServers,
  { now, leaseMs, batchMs = 10 }: { now?: () => Date; leaseMs?: number; batchMs?: number } = {},
): DynamicModule[] {
  const config = Object.assign(new RoutingConfig(), {
    PORT: 0,
    MONGODB_URI: mongoUri,
    CUSTOMER_DATA_KEY: TEST_DATA_KEY,
    NATS_URL: natsUrl,
    REDIS_URL: redisUrl,
    ASSIGNMENT_BATCH_MS: batchMs,
  });
  return [
    PlatformModule.forApp('routing', 'error'),
    PersistenceModule.forApp({ app: 'routing', uri: mongoUri, dataKeys: TEST_DATA_KEYS }),
    MessagingModule.forApp({ app: 'routing', natsUrl, registry: contractRegistry }),
    WorkQueueModule.forApp({
      app: 'routing',
      redisUrl,
      queues: ROUTING_QUEUES,
      ...(now ? { now } : {}),
      options: { sweepMs: 50, wakeUpAfterMs: 100, runAfterMs: 300, ...(leaseMs === undefined ? {} : { leaseMs }) },
    }),
    RoutingFeatures.forConfig(config),
  ];
}
