import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Clock } from '#libs/clock/clock.js';
import { loggingOptions } from './logging/logging.js';
import { MetricsModule } from './metrics/metrics.js';
import { ProbesModule } from '#libs/health/probes.js';

/** The modules of every app: logging, probes, metrics and the clock. */
@Module({})
export class PlatformModule {
  static forApp(app: string, logLevel: string | undefined): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [LoggerModule.forRoot(loggingOptions(app, logLevel)), ProbesModule.forRoot(), MetricsModule],
      providers: [Clock],
      exports: [Clock],
    };
  }
}
