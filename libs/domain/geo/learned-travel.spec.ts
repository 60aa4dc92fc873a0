import fc from 'fast-check';
import { toTravelModel, DEFAULT_TRAVEL, withLeg, type TravelRecord } from './index.js';

const NO_LEGS: TravelRecord = { legs: 0, logSum: 0 };
const withLegs = (count: number, factor: number): TravelRecord =>
  Array.from({ length: count }).reduce<TravelRecord>(
    (record) => withLeg(record, { expectedSeconds: 600, actualSeconds: 600 * factor }),
    NO_LEGS,
  );

describe('learned travel times', () => {
  it('follow the legs, and stay close to the default while there are few', () => {
    expect(toTravelModel(NO_LEGS)).toEqual(DEFAULT_TRAVEL);
    const factorOfFew = toTravelModel(withLegs(2, 1.5)).streetFactor / DEFAULT_TRAVEL.streetFactor;
    const factorOfMany = toTravelModel(withLegs(400, 1.5)).streetFactor / DEFAULT_TRAVEL.streetFactor;
    expect(factorOfFew).toBeGreaterThan(1);
    expect(factorOfFew).toBeLessThan(1.05);
    expect(factorOfMany).toBeCloseTo(1.5, 1);
  });

  it('ignore legs that say nothing about travel times', () => {
    expect(withLeg(NO_LEGS, { expectedSeconds: 600, actualSeconds: 7200 })).toBe(NO_LEGS);
    expect(withLeg(NO_LEGS, { expectedSeconds: 30, actualSeconds: 60 })).toBe(NO_LEGS);
    expect(withLeg(NO_LEGS, { expectedSeconds: 600, actualSeconds: -5 })).toBe(NO_LEGS);
  });

  it('follow a change, and stay within the permitted factor', () => {
    const slowThenFast = Array.from({ length: 2000 }).reduce<TravelRecord>(
      (record) => withLeg(record, { expectedSeconds: 600, actualSeconds: 480 }),
      withLegs(500, 2),
    );
    expect(toTravelModel(slowThenFast).streetFactor / DEFAULT_TRAVEL.streetFactor).toBeCloseTo(0.8, 1);
    fc.assert(
      fc.property(
        fc.array(fc.record({ expectedSeconds: fc.nat(5000), actualSeconds: fc.integer({ min: -100, max: 20_000 }) })),
        (all) => {
          const { streetFactor } = toTravelModel(all.reduce(withLeg, NO_LEGS));
          expect(streetFactor).toBeGreaterThan(DEFAULT_TRAVEL.streetFactor / 3);
          expect(streetFactor).toBeLessThan(DEFAULT_TRAVEL.streetFactor * 3);
        },
      ),
    );
  });
});
