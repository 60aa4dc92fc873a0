/** A GeoJSON position: longitude first, both in degrees (WGS 84). */
export type Position = readonly [lng: number, lat: number];

/** The mean radius of the Earth (IUGG), in metres. */
const EARTH_RADIUS_METERS = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Whether both degrees are numbers in range; catches most swapped pairs beyond ±90°. */
export const isPosition = (value: readonly number[]): value is Position =>
  value.length === 2 &&
  value.every((degrees) => Number.isFinite(degrees)) &&
  Math.abs(value[0] ?? NaN) <= 180 &&
  Math.abs(value[1] ?? NaN) <= 90;

/** Great-circle distance in metres by the haversine formula (well-conditioned also for short distances). */
export function distanceMeters(from: Position, to: Position): number {
  const [fromLng, fromLat] = from;
  const [toLng, toLat] = to;
  const dLat = radians(toLat - fromLat) / 2;
  const dLng = radians(toLng - fromLng) / 2;
  const h = Math.sin(dLat) ** 2 + Math.cos(radians(fromLat)) * Math.cos(radians(toLat)) * Math.sin(dLng) ** 2;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}
