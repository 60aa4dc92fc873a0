import { Module, type DynamicModule } from '@nestjs/common';
import { createInfrastructureModules } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import type { WorkQueueModuleOptions } from '#libs/work-queue/index.js';
import { AdaptersModule } from './adapters/adapters.module.js';
import { AgentsModule } from './agents/agents.module.js';
import { AnnouncementsModule } from './announcements/announcements.module.js';
import {
  ConfigModule,
  NOTIFICATION_QUEUE,
  WORK_CONCURRENCY,
  type NotificationsConfig,
} from './config/config.module.js';
import { DeliveryEventsModule } from './delivery-events/delivery-events.module.js';
import { DevicesModule } from './devices/devices.module.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { EscalationModule } from './escalation/escalation.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { WebhookDeliveriesModule } from './webhook-deliveries/webhook-deliveries.module.js';
import { WebhookEndpointsModule } from './webhook-endpoints/webhook-endpoints.module.js';

/** Options that tests override. */
export interface NotificationsOverrides {
  readonly workQueue?: Pick<WorkQueueModuleOptions, 'now' | 'options'>;
}

/** The composition root of the notifications app. */
@Module({})
export class NotificationsModule {
  static forConfig(config: NotificationsConfig, overrides: NotificationsOverrides = {}): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [
        ...createInfrastructureModules('notifications', config, {
          redisUrl: config.REDIS_URL,
          queues: [{ name: NOTIFICATION_QUEUE, concurrency: WORK_CONCURRENCY }],
          overrides: overrides.workQueue,
        }),
        OperationsModule.forApp('notifications'),
        ConfigModule.forConfig(config),
        AdaptersModule,
        AgentsModule,
        DevicesModule,
        AnnouncementsModule,
        InboxModule,
        EscalationModule,
        WebhookEndpointsModule,
        WebhookDeliveriesModule,
        DeliveryEventsModule,
        ErasureModule,
      ],
    };
  }
}
