import { DEFAULT_TRAVEL, type TravelModel } from './travel.js';

/** Observed relative to expected travel times, as a sum of logarithms, so that factors of 2 and 1/2 cancel out. */
export interface TravelRecord {
  /** Weighted number of legs. */
  readonly legs: number;
  /** Weighted sum of ln(actual / expected). */
  readonly logSum: number;
}

/** The travel between two hand-overs, in seconds. */
export interface TraveledLeg {
  /** As estimated by {@link DEFAULT_TRAVEL}. */
  readonly expectedSeconds: number;
  readonly actualSeconds: number;
}

/** Prior strength, in legs, of the default model. */
const PRIOR_STRENGTH = 20;
/** Legs that deviate by a larger factor have another cause: a break, or a second parcel. */
const MAX_FACTOR = 3;
/** Minimum expected travel time. Shorter legs carry no information about travel times. */
const MIN_EXPECTED_SECONDS = 60;
/** Older legs weigh less: from this number of legs on, the sums are scaled down to it before a leg is added. */
const MAX_LEGS = 500;

/** Adds a leg to the record. Legs that carry no information about travel times leave it unchanged. */
export function withLeg(record: TravelRecord, { expectedSeconds, actualSeconds }: TraveledLeg): TravelRecord {
  if (expectedSeconds < MIN_EXPECTED_SECONDS || actualSeconds <= 0) return record;
  const factor = actualSeconds / expectedSeconds;
  if (factor > MAX_FACTOR || factor < 1 / MAX_FACTOR) return record;
  const decay = record.legs < MAX_LEGS ? 1 : (MAX_LEGS - 1) / record.legs;
  return { legs: record.legs * decay + 1, logSum: record.logSum * decay + Math.log(factor) };
}

/**
 * Estimates a travel model: the geometric mean of the observed factors, shrunk to the default while few legs are known.
 */
export function toTravelModel({ legs, logSum }: TravelRecord): TravelModel {
  return { ...DEFAULT_TRAVEL, streetFactor: DEFAULT_TRAVEL.streetFactor * Math.exp(logSum / (legs + PRIOR_STRENGTH)) };
}
