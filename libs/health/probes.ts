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

  /** Liveness asks nothing of others: a broken database must not make Kubernetes restart every app. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * 200 when the app can serve, with the status `ok`, or `degraded` where it does without a server it uses; `details` names each
   * such server and since when. Otherwise 503 with what is missing.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.health.check(this.readiness.checks());
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      // Not by way of the app's own filter of exceptions: every app says alike what is missing.
      void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
      return error.getResponse() as HealthCheckResult;
    }
  }
}

/** `/health/live` and `/health/ready`. Modules add what they need by `Readiness.add`. */
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
