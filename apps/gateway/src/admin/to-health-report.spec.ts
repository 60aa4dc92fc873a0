import type { DependencyReport, OperationsReport } from '#libs/contracts/index.js';
import type { ConsumerLag } from '#libs/messaging/index.js';
import type { AppReport } from './collect-app-reports.js';
import { toHealthReport } from './to-health-report.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const SERVER_NAMES = ['mongodb', 'nats', 'redis', 'object_store'];

function createReport(
  app: AppReport['app'],
  down: readonly string[] = [],
  changes: Partial<OperationsReport> = {},
): AppReport {
  const dependencies = SERVER_NAMES.map((name): DependencyReport => ({
    name,
    state: down.includes(name) ? 'down' : 'up',
  }));
  return {
    app,
    report: { version: '1.2.3', startedAt: NOW.toISOString(), draining: false, dependencies, ...changes },
  };
}

const createLag = (app: ConsumerLag['app'], pending: number): ConsumerLag => ({
  app,
  pending,
  stream: 'EVENTS_ROUTING',
  state: 'up',
  inFlight: 0,
  redelivered: 0,
});

describe('the health report', () => {
  it('is healthy when every app replies and every server is up, and names the consumer with the largest lag', () => {
    const health = toHealthReport(
      [createReport('gateway'), createReport('routing')],
      [createLag('routing', 3), createLag('analytics', 9)],
      NOW,
    );
    expect(health).toMatchObject({
      healthy: true,
      worstLag: { app: 'analytics', stream: 'EVENTS_ROUTING', pending: 9 },
      apps: [{ app: 'gateway', state: 'up', version: '1.2.3' }, { app: 'routing' }],
    });
    expect(toHealthReport([createReport('gateway')], [createLag('routing', 0)], NOW).worstLag).toBeUndefined();
  });

  it('reports unreachable and draining apps, and derives the state of each server from the apps that reach it', () => {
    const reports = [
      createReport('gateway', ['redis', 's3']),
      createReport('routing', ['redis', 'mongodb'], { draining: true }),
      { app: 'telephony' } as const,
    ];
    const { healthy, apps, servers } = toHealthReport(reports, [], NOW);
    expect(healthy).toBe(false);
    expect(apps.map(({ state }) => state)).toEqual(['up', 'draining', 'unreachable']);
    expect(servers.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'mongodb partly',
      'nats up',
      'redis down',
      'object_store up',
    ]);
    expect(toHealthReport([{ app: 'gateway' }], [], NOW).servers.map(({ state }) => state)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});
