import fc from 'fast-check';
import { likeliestValue, preferredDayPart, withCall, withObservation, type Evidence } from './index.js';

const DAY_MS = 86_400_000;
const day = (number: number): Date => new Date(number * DAY_MS);

const observe = (...values: readonly [value: string, day: number][]): Evidence =>
  values.reduce<Evidence | undefined>(
    (evidence, [value, on]) => withObservation(evidence, value, 1, day(on)),
    undefined,
  ) ?? {
    seen: [],
    at: day(0),
  };

describe('customer preferences', () => {
  it('gain confidence with each observation, and need more than one', () => {
    expect(likeliestValue(observe(['porch', 0]), day(0))).toEqual({ value: 'porch', confidence: 0.5 });
    expect(likeliestValue(observe(['porch', 0], ['porch', 0], ['porch', 0]), day(0))).toEqual({
      value: 'porch',
      confidence: 0.75,
    });
    expect(likeliestValue({ seen: [], at: day(0) }, day(0))).toBeUndefined();
  });

  it('lose half of their weight in half a year, so that new observations outweigh old ones', () => {
    const observedTwice = observe(['porch', 0], ['porch', 0]);
    expect(likeliestValue(observedTwice, day(180))?.confidence).toBeCloseTo(0.5);
    const changedHabit = observe(['porch', 0], ['porch', 0], ['garage', 400], ['garage', 401]);
    expect(likeliestValue(changedHabit, day(402))?.value).toBe('garage');
  });

  it('have a confidence between 0 and 1 that grows with further observations', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            value: fc.constantFrom('a', 'b', 'c'),
            certainty: fc.double({ min: 0.01, max: 1, noNaN: true }),
            on: fc.integer({ min: 0, max: 900 }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        (cases) => {
          const chronological = [...cases].sort((a, b) => a.on - b.on);
          const evidence = chronological.reduce<Evidence | undefined>(
            (before, { value, certainty, on }) => withObservation(before, value, certainty, day(on)),
            undefined,
          );
          if (!evidence) throw new Error('Expected at least one observation.');
          const belief = likeliestValue(evidence, day(900));
          expect(belief?.confidence).toBeGreaterThan(0);
          expect(belief?.confidence).toBeLessThan(1);
          const beliefAfterRepeat = likeliestValue(
            withObservation(evidence, belief?.value ?? '', 1, day(900)),
            day(900),
          );
          expect(beliefAfterRepeat?.confidence).toBeGreaterThan(belief?.confidence ?? 1);
        },
      ),
    );
  });

  it('include the part of the day with the best share of answered calls', () => {
    const call = (evidence: Evidence | undefined, hour: number, reached: boolean): Evidence | undefined =>
      withCall(evidence, { day: 'weekday', hour, reached }, day(0));
    const afterOneEvening = call(undefined, 18, true);
    expect(afterOneEvening && preferredDayPart(afterOneEvening)).toBeUndefined();
    const afterMissedMorning = call(afterOneEvening, 10, false);
    const evenings = call(call(afterMissedMorning, 20, true), 20, true);
    expect(evenings && preferredDayPart(evenings)).toMatchObject({ day: 'weekday', from: 17, until: 21 });
    const afterMissedEvenings = call(call(call(evenings, 18, false), 18, false), 19, false);
    expect(afterMissedEvenings && preferredDayPart(afterMissedEvenings)).toBeUndefined();
    expect(call(undefined, 3, true)).toBeUndefined();
  });
});
