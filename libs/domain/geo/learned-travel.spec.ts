import fc from 'fast-check';
import { toTravelModel, DEFAULT_TRAVEL, withLeg, type TravelRecord } from './index.js';

const NOTHING: TravelRecord = { legs: 0, logSum: 0 };
const legs = (count: number, times: number): TravelRecord =>
  Array.from({ length: count }).reduce<TravelRecord>(
    (record) => withLeg(record, { expectedSeconds: 600, actualSeconds: 600 * times }),
    NOTHING,
  );

describe('learned travel times', () => {
  it('follow the legs, and stay close to the default while there are few', () => {
    expect(toTravelModel(NOTHING)).toEqual(DEFAULT_TRAVEL);
    const few = toTravelModel(legs(2, 1.5)).streetFactor / DEFAULT_TRAVEL.streetFactor;
    const many = toTravelModel(legs(400, 1.5)).streetFactor / DEFAULT_TRAVEL.streetFactor;
    expect(few).toBeGreaterThan(1);
    expect(few).toBeLessThan(1.05);
    expect(many).toBeCloseTo(1.5, 1);
  });

  it('ignore legs that say nothing about travel times', () => {
    expect(withLeg(NOTHING, { expectedSeconds: 600, actualSeconds: 7200 })).toBe(NOTHING);
    expect(withLeg(NOTHING, { expectedSeconds: 30, actualSeconds: 60 })).toBe(NOTHING);
    expect(withLeg(NOTHING, { expectedSeconds: 600, actualSeconds: -5 })).toBe(NOTHING);
  });

  it('follow a change, and stay within the permitted factor', () => {
    const slowThenFast = Array.from({ length: 2000 }).reduce<TravelRecord>(
      (record) => withLeg(record, { expectedSeconds: 600, actualSeconds: 480 }),
      legs(500, 2),
    );
    expect(toTravelModel(slowThenFast).streetFactor / DEFAULT_TRAVEL.streetFactor).toBeCloseTo(0.8, 1);
    fc.assert(
      fc.property(
        fc.array(fc.record({ expectedSeconds: fc.nat(5000), actualSeconds: fc.integer({ min: -100, max: 20_000 }) })),
        (all) => {
          const { streetFactor } = toTravelModel(all.reduce(withLeg, NOTHING));
          expect(streetFactor).toBeGreaterThan(DEFAULT_TRAVEL.streetFactor / 3);
          expect(streetFactor).toBeLessThan(DEFAULT_TRAVEL.streetFactor * 3);
        },
      ),
    );
  });
});
