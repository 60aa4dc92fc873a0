import { Module } from '@nestjs/common';
import { SimulatorConfig } from '../config/config.module.js';
import { FaultInjector } from './fault-injector.js';

export { createSeededRandom } from './random.js';
export { FaultInjector } from './fault-injector.js';
export type { Random } from './random.js';

/** Injects faults at random, from a seed. */
@Module({
  providers: [
    {
      provide: FaultInjector,
      useFactory: (config: SimulatorConfig) => new FaultInjector(config.faults, config.seed),
      inject: [SimulatorConfig],
    },
  ],
  exports: [FaultInjector],
})
export class FaultsModule {}
