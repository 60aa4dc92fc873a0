import { Module, type DynamicModule } from '@nestjs/common';
import { GatewayConfig } from './gateway.config.js';

export { parseCommaList } from './comma-list.js';
export { GatewayConfig } from './gateway.config.js';

/** Provides the configuration to every module of the app. */
@Module({})
export class ConfigModule {
  static forConfig(config: GatewayConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: GatewayConfig, useValue: config }],
      exports: [GatewayConfig],
    };
  }
}
