import type { ConsumerLag } from '#libs/messaging/index.js';
import type { AppReport } from './collect-app-reports.js';
import type { AppHealth, HealthReport, ServerHealth, ServerState, WorstLag } from './operations.dto.js';

/** The servers of every installation. They are listed even when no app reports them. */
const SERVERS = ['mongodb', 'nats', 'redis', 'object_store'] as const;

/** Combines the apps' reports and the consumer lags into one health report. */
export function toHealthReport(reports: readonly AppReport[], lags: readonly ConsumerLag[], now: Date): HealthReport {
  const apps = reports.map(toAppHealth);
  const servers = SERVERS.map((name): ServerHealth => ({ name, state: toServerState(name, reports) }));
  const worstLag = findWorstLag(lags);
  return {
    healthy: apps.every(({ state }) => state === 'up') && servers.every(({ state }) => state === 'up'),
    apps,
    servers,
    ...(worstLag ? { worstLag } : {}),
    at: now.toISOString(),
  };
}

function toAppHealth({ app, report }: AppReport): AppHealth {
  if (!report) return { app, state: 'unreachable' };
  const { version, startedAt, dependencies, draining } = report;
  return { app, state: draining ? 'draining' : 'up', version, startedAt, dependencies };
}

function toServerState(server: string, reports: readonly AppReport[]): ServerState {
  const dependencies = reports
    .flatMap(({ report }) => report?.dependencies ?? [])
    .filter(({ name }) => name === server);
  if (dependencies.length === 0) return 'unknown';
  if (dependencies.every(({ state }) => state === 'up')) return 'up';
  return dependencies.every(({ state }) => state === 'down') ? 'down' : 'partly';
}

function findWorstLag(lags: readonly ConsumerLag[]): WorstLag | undefined {
  const [worst] = lags.filter(({ pending }) => pending > 0).sort((a, b) => b.pending - a.pending);
  return worst && { app: worst.app, stream: worst.stream, pending: worst.pending };
}
