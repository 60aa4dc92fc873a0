import { find } from 'geo-tz/now';
import type { ZoneOfPosition } from './candidate-zones.js';

/**
 * Finds the zones at a position by the OpenStreetMap-based boundaries of geo-tz. Zones that agree from now on are
 * merged.
 *
 * Importing this file loads an index of about 15 MB, and look-ups read shapes from disk. Import it only where it is
 * needed.
 */
export const zoneOfPosition: ZoneOfPosition = ([lng, lat]) => find(lat, lng);
