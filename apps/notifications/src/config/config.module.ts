import { Global, Module, type DynamicModule } from '@nestjs/common';
import { NotificationsConfig } from './notifications.config.js';

export { NotificationsConfig } from './notifications.config.js';
export { NOTIFICATION_QUEUE, WORK_CONCURRENCY } from './notification-queue.js';

/** Provides the configuration that was read from the environment at boot. */
@Global()
@Module({})
export class ConfigModule {
  static forConfig(config: NotificationsConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: NotificationsConfig, useValue: config }],
      exports: [NotificationsConfig],
    };
  }
}
