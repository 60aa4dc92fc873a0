import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
} from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  TerminusModule,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import type { DependencyReport } from '#libs/contracts/index.js';

/** One thing an app needs before it can serve. `check` rejects, or answers false, while it is missing. */
export interface Dependency {
  readonly name: string;
  check(): Promise<boolean>;
}

const PATIENCE_MS = 1_000;
const MOST_DETAIL = 300;

@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private readonly dependencies: Dependency[] = [];
  private readonly watched: Dependency[] = [];
  private leaving = false;

  constructor(@Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService) {}

  require(dependency: Dependency): void {
    this.dependencies.push(dependency);
  }

  /** For what an app serves without, worse: it is told to operators, and makes no probe fail. */
  watch(dependency: Dependency): void {
    this.watched.push(dependency);
  }

  /** Whether the app is being shut down. */
  get draining(): boolean {
    return this.leaving;
  }

  /** From the first sign of shutdown on no new work may be sent here. */
  beforeApplicationShutdown(): void {
    this.leaving = true;
  }

  checks(): (() => Promise<HealthIndicatorResult>)[] {
    const draining = this.indicators.check('draining');
    return [
      () => Promise.resolve(this.draining ? draining.down('the app is shutting down') : draining.up()),
      ...this.dependencies.map((dependency) => async () => {
        const indicator = this.indicators.check(dependency.name);
        try {
          return (await inTime(dependency.check(), PATIENCE_MS)) ? indicator.up() : indicator.down();
        } catch (error) {
          return indicator.down(error instanceof Error ? error.message : 'failed');
        }
      }),
    ];
  }

  /** How everything is that the app needs or uses, for people. @param patienceMs for each; all are asked at once */
  report(patienceMs: number): Promise<DependencyReport[]> {
    return Promise.all(
      [...this.dependencies, ...this.watched].map(async (dependency): Promise<DependencyReport> => {
        const { name } = dependency;
        try {
          return { name, state: (await inTime(dependency.check(), patienceMs)) ? 'up' : 'down' };
        } catch (error) {
          const detail = (error instanceof Error ? error.message : 'failed').slice(0, MOST_DETAIL);
          return { name, state: 'down', ...(detail === '' ? {} : { detail }) };
        }
      }),
    );
  }
}

/** What does not answer a probe in time is missing: a probe that waits is counted as failed by whoever asks anyway. */
function inTime(check: Promise<boolean>, patienceMs: number): Promise<boolean> {
  const late = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs).unref(),
  );
  return Promise.race([check, late]);
}

@Controller('health')
class ProbesController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  /** Liveness asks nothing of others: a broken database must not make Kubernetes restart every app. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when the app can serve, else 503 with what is missing. */
  @Get('ready')
  ready(): Promise<HealthCheckResult> {
    return this.health.check(this.readiness.checks());
  }
}

/** `/health/live` and `/health/ready`. Modules add what they need by `Readiness.require`. */
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
