import { Global, Module, type DynamicModule } from '@nestjs/common';
import { SimulatedTime } from './simulated-time.js';
import { SimulatorConfig } from './simulator.config.js';

export { type FaultSettings, mergeFaults, NO_FAULTS } from './fault-settings.js';
export { SimulatedTime } from './simulated-time.js';
export { SimulatorConfig, SimulatorEnvironment } from './simulator.config.js';

/** Provides the configuration and the simulated time. */
@Global()
@Module({})
export class ConfigModule {
  static forConfig(config: SimulatorConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: SimulatorConfig, useValue: config },
        { provide: SimulatedTime, useValue: new SimulatedTime(config.timeScale) },
      ],
      exports: [SimulatorConfig, SimulatedTime],
    };
  }
}
