import { addFailure, admitRequest, CLOSED, type BreakerState } from './carrier-circuit-breaker.js';

describe('circuit breaker of the carrier', () => {
  const addFailures = (times: number, now = 0): BreakerState =>
    Array.from({ length: times }).reduce<BreakerState>((state) => addFailure(state, now), CLOSED);

  it('stays closed below five consecutive failures', () => {
    expect(admitRequest(addFailures(4), 0).waitMs).toBe(0);
  });

  it('opens after five consecutive failures, longer with each further failure, up to two minutes', () => {
    const waits = [5, 6, 7, 8, 9, 10, 20].map((times) => admitRequest(addFailures(times), 0).waitMs);
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 120_000, 120_000]);
  });

  it('admits one probe after the pause and no other request until the probe returns', () => {
    const probe = admitRequest(addFailures(5), 5_000);
    expect(probe.waitMs).toBe(0);
    expect(admitRequest(probe.state, 5_001).waitMs).toBeGreaterThan(0);
    expect(admitRequest(addFailure(probe.state, 5_100), 5_200).waitMs).toBe(9_900);
    expect(admitRequest(CLOSED, 5_200).waitMs).toBe(0);
  });
});
