/** The provider of `ZoneOfPosition`: the real one reads map data. */
export const ZONE_OF_POSITION = Symbol('ZONE_OF_POSITION');
