import type { DynamicModule } from '@nestjs/common';
import { contractRegistry, type AppName } from '#libs/contracts/index.js';
import { MessagingModule, type MessagingModuleOptions } from '#libs/messaging/index.js';
import { PersistenceModule } from '#libs/persistence/index.js';
import { WorkQueueModule, type WorkQueueModuleOptions } from '#libs/work-queue/index.js';
import { getDataKeys, type AppConfig } from '../config/index.js';
import { createMeshMetrics } from '../metrics/mesh-metrics.js';
import { PlatformModule } from '../platform.module.js';

/** The work queues of an app. */
export interface WorkQueues extends Pick<WorkQueueModuleOptions, 'redisUrl' | 'queues'> {
  /** For tests, for example another clock or shorter sweep intervals. */
  readonly overrides?: Partial<WorkQueueModuleOptions> | undefined;
}

/**
 * The infrastructure modules of an app: logging, probes, metrics and the clock; its database; messaging; and due work,
 * if the app has queues.
 * @param work the app's queues; absent if it has none
 * @param messaging.readyWithoutBroker see `MessagingModuleOptions`
 */
export function createInfrastructureModules(
  app: AppName,
  config: AppConfig,
  work?: WorkQueues,
  messaging: Pick<MessagingModuleOptions, 'readyWithoutBroker'> = {},
): DynamicModule[] {
  const metrics = createMeshMetrics();
  return [
    PlatformModule.forApp(app, config.LOG_LEVEL),
    PersistenceModule.forApp({ app, uri: config.MONGODB_URI, dataKeys: getDataKeys(config) }),
    MessagingModule.forApp({
      app,
      natsUrl: config.NATS_URL,
      registry: contractRegistry,
      observer: metrics.messaging,
      ...messaging,
    }),
    ...(work
      ? [
          WorkQueueModule.forApp({
            app,
            redisUrl: work.redisUrl,
            queues: work.queues,
            observer: metrics.workQueue,
            ...work.overrides,
          }),
        ]
      : []),
  ];
}
