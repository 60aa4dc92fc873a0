import fc from 'fast-check';
import { distanceMeters, isPosition, type Position } from './index.js';

const positions = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

describe('distanceMeters', () => {
  it('measures from Chicago to New York, across a street corner, and half around the Earth', () => {
    expect(distanceMeters([-87.6298, 41.8781], [-74.006, 40.7128])).toBeCloseTo(1_144_300, -3);
    expect(distanceMeters([0, 0], [0.001, 0])).toBeCloseTo(111.19, 1);
    expect(distanceMeters([0, 0], [180, 0])).toBeCloseTo(Math.PI * 6_371_008.8, 0);
  });

  /** Half of the circumference is 20,015 km. */
  const NEAR_ANTIPODES_METERS = 20_000_000;

  it('is a metric', () => {
    fc.assert(
      fc.property(positions, positions, positions, (a: Position, b: Position, c: Position) => {
        expect(distanceMeters(a, a)).toBe(0);
        expect(distanceMeters(a, b)).toBeCloseTo(distanceMeters(b, a), 3);
        const detour = distanceMeters(a, b) + distanceMeters(b, c);
        // Near antipodes the haversine formula is exact to some 0.2 m only, because the arcsine is steep there.
        const tolerance = detour > NEAR_ANTIPODES_METERS ? 1 : 0.01;
        expect(distanceMeters(a, c)).toBeLessThanOrEqual(detour + tolerance);
      }),
    );
  });
});

it('isPosition distinguishes positions from other pairs of numbers', () => {
  expect(isPosition([-87.6, 41.9])).toBe(true);
  expect(isPosition([41.9, -187.6])).toBe(false);
  expect(isPosition([41.9])).toBe(false);
  expect(isPosition([NaN, 0])).toBe(false);
});
