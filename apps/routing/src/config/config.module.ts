import { Module, type DynamicModule } from '@nestjs/common';
import { RoutingConfig } from './routing.config.js';

export { ASSIGNMENT_QUEUE, DELIVERY_QUEUE, IMPORT_QUEUE, ROUTING_QUEUES } from './queues.js';
export { RoutingConfig } from './routing.config.js';

/** Provides the app's configuration globally. */
@Module({})
export class ConfigModule {
  static forConfig(config: RoutingConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: RoutingConfig, useValue: config }],
      exports: [RoutingConfig],
    };
  }
}
