import { afterFailure, beforeRequest, CLOSED, type BreakerState } from './carrier-circuit-breaker.js';

describe('circuit breaker of the carrier', () => {
  const failed = (times: number, now = 0): BreakerState =>
    Array.from({ length: times }).reduce<BreakerState>((state) => afterFailure(state, now), CLOSED);

  it('stays closed below five consecutive failures', () => {
    expect(beforeRequest(failed(4), 0).waitMs).toBe(0);
  });

  it('opens after five consecutive failures, longer with each further failure, up to two minutes', () => {
    const waits = [5, 6, 7, 8, 9, 10, 20].map((times) => beforeRequest(failed(times), 0).waitMs);
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 120_000, 120_000]);
  });

  it('lets one probe through after the pause and holds back other requests until the probe returns', () => {
    const probe = beforeRequest(failed(5), 5_000);
    expect(probe.waitMs).toBe(0);
    expect(beforeRequest(probe.state, 5_001).waitMs).toBeGreaterThan(0);
    expect(beforeRequest(afterFailure(probe.state, 5_100), 5_200).waitMs).toBe(9_900);
    expect(beforeRequest(CLOSED, 5_200).waitMs).toBe(0);
  });
});
