import { distanceMeters, type Position } from './position.js';

/** How long a way takes where no map says so. */
export interface TravelModel {
  /** Road distance by great-circle distance. */
  readonly streetFactor: number;
  readonly metersPerSecond: number;
}

/** A town: the factor is that of street networks (Boscoe and others 2012: 1.417; dense grids less), the speed with stops. */
export const TOWN_TRAVEL: TravelModel = { streetFactor: 1.35, metersPerSecond: 8 };

/** Seconds from one position to another. */
export const travelSeconds = (from: Position, to: Position, { streetFactor, metersPerSecond }: TravelModel): number =>
  (distanceMeters(from, to) * streetFactor) / metersPerSecond;
