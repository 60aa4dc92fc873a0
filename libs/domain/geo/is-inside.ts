import type { Position } from './position.js';

/**
 * Whether a position is inside a ring of positions, by the even-odd rule. Degrees are treated as planar coordinates,
 * which is accurate enough for a town or region that does not cross the 180th meridian. The ring need not be closed.
 */
export function isInside([lng, lat]: Position, ring: readonly Position[]): boolean {
  let inside = false;
  ring.forEach(([lngA, latA], index) => {
    const [lngB, latB] = ring[(index + 1) % ring.length] as Position;
    if (latA > lat === latB > lat) return;
    if (lng < lngA + ((lat - latA) / (latB - latA)) * (lngB - lngA)) inside = !inside;
  });
  return inside;
}
