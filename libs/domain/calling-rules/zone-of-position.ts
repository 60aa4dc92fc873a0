import { find } from 'geo-tz/now';
import type { ZoneOfPosition } from './candidate-zones.js';

/**
 * The zone at a place by the OpenStreetMap-based boundaries of geo-tz, in which zones that agree from now on are one.
 * Loads its index (about 15 MB) on import and reads shapes from disk: import this file only where it is needed.
 */
export const zoneOfPosition: ZoneOfPosition = ([lng, lat]) => find(lat, lng);
