import { distanceMeters, type Position } from './position.js';

/** A model of travel times for pairs of positions without a travel time from a road map. */
export interface TravelModel {
  /** Road distance divided by great-circle distance. */
  readonly streetFactor: number;
  /** Average speed on the road, stops included. */
  readonly metersPerSecond: number;
}

/**
 * The default model, for a town. Street networks have an average factor of 1.417 (Boscoe et al. 2012), dense grids
 * less.
 */
export const DEFAULT_TRAVEL: TravelModel = { streetFactor: 1.35, metersPerSecond: 8 };

/** Estimates the travel time between two positions, in seconds. */
export const travelSeconds = (from: Position, to: Position, { streetFactor, metersPerSecond }: TravelModel): number =>
  (distanceMeters(from, to) * streetFactor) / metersPerSecond;
