import fc from 'fast-check';
import { judgeHandOver, reckonedShare, wilsonInterval, type HandOverFacts } from './index.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));
const facts: HandOverFacts = {
  outcome: 'delivered',
  at: at(10),
  window: { start: at(9), end: at(12) },
  failuresBefore: 0,
};

describe('a share and how sure it is', () => {
  it('is known from Wilson’s interval, also of few', () => {
    // Newcombe 1998, table I: 15 of 148 and 0 of 20.
    const many = wilsonInterval({ met: 15, total: 148 });
    expect(many.low).toBeCloseTo(0.0624, 4);
    expect(many.high).toBeCloseTo(0.1605, 4);
    const none = wilsonInterval({ met: 0, total: 20 });
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(0.1611, 4);
    expect(wilsonInterval({ met: 0, total: 0 })).toEqual({ low: 0, high: 1 });
  });

  it('holds the share, and narrows with every case', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, part) => {
        const met = Math.floor(total * part);
        const { low, high } = wilsonInterval({ met, total });
        expect(low).toBeLessThanOrEqual(met / total + 1e-12);
        expect(high).toBeGreaterThanOrEqual(met / total - 1e-12);
        const more = wilsonInterval({ met: met * 4, total: total * 4 });
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });

  it('takes who is new for usual', () => {
    expect(reckonedShare({ met: 0, total: 0 }, 0.9, 20)).toBeCloseTo(0.9);
    expect(reckonedShare({ met: 0, total: 1 }, 0.9, 20)).toBeGreaterThan(0.85);
    expect(reckonedShare({ met: 50, total: 100 }, 0.9, 20)).toBeCloseTo(0.567, 3);
  });
});

describe('what a hand-over says of the agent', () => {
  it.each<[string, Partial<HandOverFacts>, ReturnType<typeof judgeHandOver>]>([
    ['in time', {}, { onTime: true, firstAttempt: true, wentWell: true }],
    ['too late', { at: at(13) }, { onTime: false, firstAttempt: true, wentWell: false }],
    ['too early', { at: at(8) }, { onTime: false, firstAttempt: true, wentWell: false }],
    [
      'where it was wanted',
      { promisedPlace: 'porch', usedPlace: 'porch' },
      { onTime: true, firstAttempt: true, asInstructed: true, wentWell: true },
    ],
    [
      'elsewhere',
      { promisedPlace: 'porch', usedPlace: 'mailbox' },
      { onTime: true, firstAttempt: true, asInstructed: false, wentWell: false },
    ],
    ['handed to somebody', { promisedPlace: 'porch' }, { onTime: true, firstAttempt: true, wentWell: true }],
    ['at the second try', { failuresBefore: 1 }, { onTime: true, wentWell: true }],
    ['not at all', { outcome: 'failed', reason: 'no_access' }, { firstAttempt: false, wentWell: false }],
    ['refused', { outcome: 'failed', reason: 'refused_at_door' }, {}],
  ])('delivered %s', (_, changes, judged) => {
    expect(judgeHandOver({ ...facts, ...changes })).toEqual(judged);
  });
});
