import {
  Controller,
  Get,
  HttpStatus,
  Module,
  Res,
  ServiceUnavailableException,
  type DynamicModule,
} from '@nestjs/common';
import { HealthCheckService, TerminusModule, type HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness.js';

export type { Dependency } from './dependency.js';
export { Readiness } from './readiness.js';

@Controller('health')
class ProbesController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly readiness: Readiness,
  ) {}

  /** Liveness checks no dependency: a broken database must not make Kubernetes restart every app. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * Returns 200 when all required dependencies are available: with status `ok`, or `degraded` while another dependency
   * is unavailable. Otherwise returns 503. `details` names each unavailable dependency and when its outage began.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.health.check(this.readiness.checks());
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      // Bypasses the app's exception filter, so that every app returns the same body.
      void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
      return error.getResponse() as HealthCheckResult;
    }
  }
}

/** Serves `/health/live` and `/health/ready`. Modules register their dependencies with `Readiness.add`. */
@Module({})
export class ProbesModule {
  static forRoot(): DynamicModule {
    return {
      module: ProbesModule,
      global: true,
      imports: [TerminusModule.forRoot({ logger: false, gracefulShutdownTimeoutMs: 0 })],
      controllers: [ProbesController],
      providers: [Readiness],
      exports: [Readiness],
    };
  }
}
