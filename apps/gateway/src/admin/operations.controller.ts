import { Controller } from '@nestjs/common';
import { ConsumerLags } from '#libs/messaging/index.js';
import { Clock } from '#libs/clock/clock.js';
import { Operation } from '../requests/requests.module.js';
import { ReadCache } from '../caching/caching.module.js';
import { CollectAppReports, type AppReport } from './collect-app-reports.js';
import { toHealthReport } from './to-health-report.js';
import { CacheReport, HealthReport, QueuesReport, type AppQueues } from './operations.dto.js';

/** Queues, health and cache statistics for the operator of the installation. */
@Controller('v1/admin')
export class OperationsController {
  constructor(
    private readonly collectAppReports: CollectAppReports,
    private readonly lags: ConsumerLags,
    private readonly cache: ReadCache,
    private readonly clock: Clock,
  ) {}

  @Operation('GET', 'queues', {
    id: 'getQueues',
    summary: 'Returns due work, unpublished events, and the lag of each app’s consumer on each stream.',
    description: 'Always succeeds. An app that does not answer within a second is `unreachable`.',
    access: 'operations:read',
    reply: QueuesReport,
  })
  async getQueues(): Promise<QueuesReport> {
    const [reports, consumers, deadLetters] = await Promise.all([
      this.collectAppReports.execute({ queues: true }),
      this.lags.read(),
      this.lags.countDeadLetters(),
    ]);
    return {
      apps: reports.map(toAppQueues),
      consumers,
      ...(deadLetters === undefined ? {} : { deadLetters }),
      at: this.clock.now().toISOString(),
    };
  }

  @Operation('GET', 'health', {
    id: 'getHealth',
    summary: 'Returns which apps respond and which servers (such as MongoDB and NATS) they reach.',
    description: 'Always returns 200; the body states what is unavailable.',
    access: 'operations:read',
    reply: HealthReport,
  })
  async getHealth(): Promise<HealthReport> {
    const [reports, lags] = await Promise.all([this.collectAppReports.execute({ queues: false }), this.lags.read()]);
    return toHealthReport(reports, lags, this.clock.now());
  }

  @Operation('GET', 'cache', {
    id: 'getCacheFigures',
    summary: 'Returns the read cache statistics of the gateway process that answers, since it started.',
    description: 'Each gateway process counts separately; the metrics hold the sum over all of them.',
    access: 'operations:read',
    reply: CacheReport,
  })
  getCacheFigures(): CacheReport {
    const { hit: hits, shared, miss: misses, bypass: bypassed, redis } = this.cache.readStatistics();
    const total = hits + shared + misses + bypassed;
    const hitRate = total === 0 ? {} : { hitRate: (hits + shared) / total };
    return { hits, shared, misses, bypassed, ...hitRate, redis, at: this.clock.now().toISOString() };
  }
}

function toAppQueues({ app, report }: AppReport): AppQueues {
  if (!report) return { app, state: 'unreachable' };
  const { queues, outboxPending } = report;
  return {
    app,
    state: 'up',
    ...(queues === undefined ? {} : { queues }),
    ...(outboxPending === undefined ? {} : { outboxPending }),
  };
}
