/** A GeoJSON position (RFC 7946): longitude first, both in degrees (WGS 84). */
export type Position = readonly [lng: number, lat: number];

/** The mean radius of the Earth (IUGG), in meters. */
const EARTH_RADIUS_METERS = 6_371_008.8;

const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Whether a value is a position: two finite numbers in range. Detects swapped coordinates if the longitude exceeds
 * ±90°.
 */
export const isPosition = (value: readonly number[]): value is Position =>
  value.length === 2 &&
  value.every((degrees) => Number.isFinite(degrees)) &&
  Math.abs(value[0] ?? NaN) <= 180 &&
  Math.abs(value[1] ?? NaN) <= 90;

/** The great-circle distance in meters by the haversine formula, which is also well-conditioned for short distances. */
export function distanceMeters(from: Position, to: Position): number {
  const [fromLng, fromLat] = from;
  const [toLng, toLat] = to;
  const dLat = toRadians(toLat - fromLat) / 2;
  const dLng = toRadians(toLng - fromLng) / 2;
  const h = Math.sin(dLat) ** 2 + Math.cos(toRadians(fromLat)) * Math.cos(toRadians(toLat)) * Math.sin(dLng) ** 2;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}
