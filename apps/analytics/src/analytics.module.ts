import { Module, type DynamicModule } from '@nestjs/common';
import { createInfrastructureModules } from '#libs/platform/boot/mesh-infrastructure.js';
import type { AppConfig } from '#libs/platform/config/index.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { EventsModule } from './events/events.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { TimelineModule } from './timeline/timeline.module.js';

/** Composition root of analytics, which consumes events, replies to queries and calls no external system. */
@Module({})
export class AnalyticsModule {
  static forConfig(config: AppConfig): DynamicModule {
    return {
      module: AnalyticsModule,
      imports: [
        ...createInfrastructureModules('analytics', config),
        OperationsModule.forApp('analytics'),
        EventsModule,
        TimelineModule,
        FiguresModule,
      ],
    };
  }
}
