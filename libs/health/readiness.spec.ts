import { vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { HealthIndicatorService } from '@nestjs/terminus';
import { register } from 'prom-client';
import { Clock } from '#libs/clock/clock.js';
import { createMeshMetrics } from '#libs/platform/metrics/mesh-metrics.js';
import { checkWithTimeout, toNextState, type Need } from './dependency.js';
import { Readiness } from './readiness.js';

const MINUTE_MS = 60_000;

describe('Readiness', () => {
  const clock = new Clock();
  let now: Date;
  let readiness: Readiness;

  beforeEach(() => {
    register.clear();
    now = new Date('2026-03-02T15:00:00Z');
    clock.now = () => now;
    readiness = new Readiness(new HealthIndicatorService(), clock);
  });
  afterEach(() => {
    readiness.beforeApplicationShutdown();
    vi.useRealTimers();
  });

  const details = async (): Promise<Readonly<Record<string, unknown>>> =>
    Object.assign({}, ...(await Promise.all(readiness.checks().map((check) => check())))) as Record<string, unknown>;
  const gauge = async (name: string): Promise<number | undefined> =>
    (await register.getSingleMetric('delauto_dependency_up')?.get())?.values.find(
      ({ labels }) => labels['dependency'] === name,
    )?.value;

  it('is down without a required dependency, degraded without others, and reports when each outage began', async () => {
    const up = { database: true, broker: false };
    readiness.add({ name: 'database', check: () => Promise.resolve(up.database) }, 'required');
    readiness.add({ name: 'broker', check: () => Promise.reject(new Error('connection refused')) }, 'degrading');
    const broker = { status: 'degraded', since: now.toISOString(), message: 'connection refused' };
    expect(await details()).toMatchObject({ database: { status: 'up' }, broker });
    now = new Date(now.getTime() + MINUTE_MS);
    up.database = false;
    const database = { status: 'down', since: now.toISOString() };
    expect(await details()).toMatchObject({ database, broker });
    expect([await gauge('database'), await gauge('broker')]).toEqual([0, 0]);
    up.database = true;
    expect(await details()).toMatchObject({ database: { status: 'up' }, broker });
    expect(await gauge('database')).toBe(1);
  });

  it('evaluates at each probe whether a dependency is still required', async () => {
    let need: Need = 'required';
    readiness.add({ name: 'broker', check: () => Promise.resolve(false) }, () => need);
    expect(await details()).toMatchObject({ broker: { status: 'down' } });
    need = 'degrading';
    expect(await details()).toMatchObject({ broker: { status: 'degraded' } });
  });

  it('is down from the start of the shutdown', async () => {
    expect(await details()).toMatchObject({ draining: { status: 'up' } });
    readiness.beforeApplicationShutdown();
    expect(await details()).toMatchObject({ draining: { status: 'down' } });
  });

  it('fails a check that exceeds its timeout', async () => {
    vi.useFakeTimers();
    const checked = checkWithTimeout({ check: () => new Promise(() => undefined) }, 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await checked).toEqual({ up: false, reason: 'no answer within 1000 ms' });
  });

  it('keeps the start time of the current state, and replaces the reason', () => {
    const first = toNextState(undefined, { up: false, reason: 'refused' }, now);
    const later = new Date(now.getTime() + MINUTE_MS);
    expect(toNextState(first, { up: false, reason: 'no answer' }, later)).toEqual({
      up: false,
      since: now,
      reason: 'no answer',
    });
    expect(toNextState(first, { up: true }, later)).toEqual({ up: true, since: later });
  });

  it('has alert rules that refer only to existing metrics', () => {
    createMeshMetrics();
    new Readiness(new HealthIndicatorService(), clock);
    const rules = readFileSync(new URL('../../deploy/monitoring/alert-rules.yml', import.meta.url), 'utf8');
    const named = new Set(rules.match(/\bdelauto_\w+/g));
    expect(named.size).toBeGreaterThan(2);
    for (const name of named) expect(register.getSingleMetric(name)).toBeDefined();
  });
});
