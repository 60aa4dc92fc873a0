import fc from 'fast-check';
import { evaluateHandOver, shrinkShare, wilsonInterval, type HandOverFacts } from './index.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));
const facts: HandOverFacts = {
  outcome: 'delivered',
  at: at(10),
  window: { start: at(9), end: at(12) },
  failuresBefore: 0,
};

describe('a share and its confidence interval', () => {
  it('matches published values of the Wilson interval', () => {
    // Newcombe 1998, table I: 15 of 148 and 0 of 20.
    const interval = wilsonInterval({ met: 15, total: 148 });
    expect(interval.low).toBeCloseTo(0.0624, 4);
    expect(interval.high).toBeCloseTo(0.1605, 4);
    const intervalOfNone = wilsonInterval({ met: 0, total: 20 });
    expect(intervalOfNone.low).toBe(0);
    expect(intervalOfNone.high).toBeCloseTo(0.1611, 4);
    expect(wilsonInterval({ met: 0, total: 0 })).toEqual({ low: 0, high: 1 });
  });

  it('contains the share, and narrows with more cases', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, share) => {
        const met = Math.floor(total * share);
        const { low, high } = wilsonInterval({ met, total });
        expect(low).toBeLessThanOrEqual(met / total + 1e-12);
        expect(high).toBeGreaterThanOrEqual(met / total - 1e-12);
        const narrower = wilsonInterval({ met: met * 4, total: total * 4 });
        expect(narrower.high - narrower.low).toBeLessThan(high - low);
      }),
    );
  });

  it('estimates the share of a new agent as the average, and that of an experienced agent from their own cases', () => {
    expect(shrinkShare({ met: 0, total: 0 }, 0.9, 20)).toBeCloseTo(0.9);
    expect(shrinkShare({ met: 0, total: 1 }, 0.9, 20)).toBeGreaterThan(0.85);
    expect(shrinkShare({ met: 50, total: 100 }, 0.9, 20)).toBeCloseTo(0.567, 3);
  });
});

describe('evaluateHandOver', () => {
  it.each<[string, Partial<HandOverFacts>, ReturnType<typeof evaluateHandOver>]>([
    ['delivered in time', {}, { onTime: true, firstAttempt: true, wentWell: true }],
    ['delivered too late', { at: at(13) }, { onTime: false, firstAttempt: true, wentWell: false }],
    ['delivered too early', { at: at(8) }, { onTime: false, firstAttempt: true, wentWell: false }],
    [
      'delivered where the customer wanted it',
      { promisedPlace: 'porch', usedPlace: 'porch' },
      { onTime: true, firstAttempt: true, asInstructed: true, wentWell: true },
    ],
    [
      'delivered elsewhere',
      { promisedPlace: 'porch', usedPlace: 'mailbox' },
      { onTime: true, firstAttempt: true, asInstructed: false, wentWell: false },
    ],
    ['handed to a person', { promisedPlace: 'porch' }, { onTime: true, firstAttempt: true, wentWell: true }],
    ['delivered at the second attempt', { failuresBefore: 1 }, { onTime: true, wentWell: true }],
    ['not delivered', { outcome: 'failed', reason: 'no_access' }, { firstAttempt: false, wentWell: false }],
    ['refused at the door', { outcome: 'failed', reason: 'refused_at_door' }, {}],
  ])('evaluates a parcel that was %s', (_, changes, evaluation) => {
    expect(evaluateHandOver({ ...facts, ...changes })).toEqual(evaluation);
  });
});
