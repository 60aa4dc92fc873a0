import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Gauge, register } from 'prom-client';
import type { DependencyReport } from '#libs/contracts/index.js';
import { Clock } from '#libs/clock/clock.js';
import {
  checkWithTimeout,
  toNextState,
  toStatus,
  type Dependency,
  type DependencyState,
  type Need,
} from './dependency.js';

const CHECK_TIMEOUT_MS = 1_000;
const CHECK_INTERVAL_MS = 5_000;
const MAX_REASON_LENGTH = 300;
const METRIC = 'delauto_dependency_up';

interface WatchedDependency {
  readonly dependency: Dependency;
  readonly need: () => Need;
  state?: DependencyState;
}

/**
 * Tracks the state of the app's dependencies, for the readiness probe, the metric `delauto_dependency_up` and
 * operators. It checks each of them every five seconds, independently of probes.
 */
@Injectable()
export class Readiness implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Readiness');
  private readonly watched: WatchedDependency[] = [];
  private readonly gauge: Gauge<'dependency'>;
  private checkTimer: NodeJS.Timeout | undefined;
  private isDraining = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly clock: Clock,
  ) {
    register.removeSingleMetric(METRIC);
    this.gauge = new Gauge({
      name: METRIC,
      help: 'Whether this process reaches a server it uses (1) or not (0).',
      labelNames: ['dependency'],
    });
  }

  /**
   * Registers a dependency.
   * @param need the effect of its unavailability, or a function that returns it for each probe if it can change
   */
  add(dependency: Dependency, need: Need | (() => Need)): void {
    this.watched.push({ dependency, need: typeof need === 'string' ? () => need : need });
  }

  /** Whether the app is shutting down. */
  get draining(): boolean {
    return this.isDraining;
  }

  onApplicationBootstrap(): void {
    const checkAll = (): void => this.watched.forEach((entry) => void this.observe(entry));
    checkAll();
    this.checkTimer = setInterval(checkAll, CHECK_INTERVAL_MS).unref();
  }

  /** Fails the readiness probe from the start of the shutdown, so that the app receives no new work. */
  beforeApplicationShutdown(): void {
    this.isDraining = true;
    clearInterval(this.checkTimer);
  }

  /**
   * Creates the checks of the readiness probe. They check required dependencies, and those whose last check failed. For
   * other dependencies they use the last result.
   */
  checks(): (() => Promise<HealthIndicatorResult>)[] {
    const draining = this.indicators.check('draining');
    return [
      () => Promise.resolve(this.isDraining ? draining.down('the app is shutting down') : draining.up()),
      ...this.watched.map((entry) => () => this.indicate(entry)),
    ];
  }

  /**
   * Reports the state of all dependencies to operators.
   * @param timeoutMs timeout of each check; the checks run concurrently
   */
  report(timeoutMs: number): Promise<DependencyReport[]> {
    return Promise.all(
      this.watched.map(async ({ dependency }): Promise<DependencyReport> => {
        const { up, reason } = await checkWithTimeout(dependency, timeoutMs);
        const detail = reason?.slice(0, MAX_REASON_LENGTH);
        return { name: dependency.name, state: up ? 'up' : 'down', ...(detail === undefined ? {} : { detail }) };
      }),
    );
  }

  private async indicate(entry: WatchedDependency): Promise<HealthIndicatorResult> {
    const need = entry.need();
    const { up, since, reason } = need === 'degrading' && entry.state?.up ? entry.state : await this.observe(entry);
    const indicator = this.indicators.check(entry.dependency.name);
    const status = toStatus(need, up);
    if (status === 'up') return indicator.up();
    const details = { since: since.toISOString(), ...(reason === undefined ? {} : { message: reason }) };
    return status === 'degraded' ? indicator.degraded(details) : indicator.down(details);
  }

  private async observe(entry: WatchedDependency): Promise<DependencyState> {
    const { dependency } = entry;
    const result = await checkWithTimeout(dependency, CHECK_TIMEOUT_MS);
    const previous = entry.state;
    const state = toNextState(previous, result, this.clock.now());
    entry.state = state;
    this.gauge.set({ dependency: dependency.name }, state.up ? 1 : 0);
    if (previous && previous.up !== state.up) this.logChange(dependency.name, state);
    return state;
  }

  private logChange(dependency: string, { up, reason }: DependencyState): void {
    if (up) this.logger.log({ dependency }, 'Dependency is available again');
    else this.logger.warn({ dependency, reason }, 'Dependency is unavailable');
  }
}
