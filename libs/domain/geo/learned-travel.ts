import { TOWN_TRAVEL, type TravelModel } from './travel.js';

/** How long ways took beside what was expected: a sum of logarithms, so that twice and half as long even out. */
export interface TravelRecord {
  readonly legs: number;
  readonly logSum: number;
}

/** A way between two hand-overs, in seconds. */
export interface TravelledLeg {
  /** By `TOWN_TRAVEL`. */
  readonly expectedSeconds: number;
  readonly tookSeconds: number;
}

/** Legs that what is usual in towns is worth. */
const STRENGTH = 20;
/** Of a way that took longer something else is to blame: a break, or a second parcel. */
const MOST_TIMES = 3;
/** Too short to say anything of ways. */
const SHORTEST_SECONDS = 60;
/** Older legs count less: the sums are kept as of so many. */
const LEGS_KEPT = 500;

/** The record with one more leg; legs that say nothing of ways change nothing. */
export function withLeg(record: TravelRecord, { expectedSeconds, tookSeconds }: TravelledLeg): TravelRecord {
  if (expectedSeconds < SHORTEST_SECONDS || tookSeconds <= 0) return record;
  const times = tookSeconds / expectedSeconds;
  if (times > MOST_TIMES || times < 1 / MOST_TIMES) return record;
  const kept = record.legs < LEGS_KEPT ? 1 : (LEGS_KEPT - 1) / record.legs;
  return { legs: record.legs * kept + 1, logSum: record.logSum * kept + Math.log(times) };
}

/** How long ways take here: the mean of what they took, shrunk to what is usual while little is known. */
export function learnedTravel({ legs, logSum }: TravelRecord): TravelModel {
  return { ...TOWN_TRAVEL, streetFactor: TOWN_TRAVEL.streetFactor * Math.exp(logSum / (legs + STRENGTH)) };
}
