import { DAY_TYPES, type DayType } from './call-timing.values.js';

export { DAY_TYPES, type DayType };

const HOURS = 24;
/** Number of cells: one for each hour of each type of day. */
export const CELLS = DAY_TYPES.length * HOURS;
/** Hours that are farther apart are treated as independent. */
const MAX_HOURS_APART = 3;

/**
 * Maps a weekday to its type of day.
 * @param weekday 1 (Monday) to 7 (Sunday)
 */
export const toDayType = (weekday: number): DayType => (weekday >= 6 ? 'weekend' : 'weekday');

/** The cell index of an hour, 0 to `CELLS` - 1. */
export const toCell = (day: DayType, hour: number): number => DAY_TYPES.indexOf(day) * HOURS + hour;

/**
 * The similarity of the contact rates of hours: for each cell, the cells whose calls contribute to its estimate, each
 * with the share, 0 to 1, to which a call contributes.
 */
export type HourSimilarity = readonly { readonly from: Int32Array; readonly share: Float64Array }[];

/**
 * Builds a similarity of hours.
 * @param nextHour the share, 0 to 1, that an hour contributes to its neighbor; two hours apart it is squared, and so on
 * @param otherDay the share, 0 to 1, that an hour contributes to the same hour on the other type of day
 */
export function createHourSimilarity(nextHour: number, otherDay: number): HourSimilarity {
  return Array.from({ length: CELLS }, (_, cell) => {
    const contributors = Array.from({ length: CELLS }, (_other, from) => {
      const hoursApart = Math.abs((from % HOURS) - (cell % HOURS));
      const isOtherDay = Math.floor(from / HOURS) !== Math.floor(cell / HOURS);
      return { from, share: hoursApart > MAX_HOURS_APART ? 0 : nextHour ** hoursApart * (isOtherDay ? otherDay : 1) };
    }).filter(({ share }) => share > 0);
    return {
      from: Int32Array.from(contributors, ({ from }) => from),
      share: Float64Array.from(contributors, ({ share }) => share),
    };
  });
}

/** A call in a cell, with its weight. */
export interface CountedCall {
  readonly cell: number;
  readonly reached: boolean;
  /** 1 for a call of today, less for an older one. */
  readonly weight: number;
}

/** The weighted number of calls, and of answered calls, for each cell. */
export class HourCounts {
  readonly reached = new Float64Array(CELLS);
  readonly calls = new Float64Array(CELLS);
  total = 0;

  static of(calls: readonly CountedCall[]): HourCounts {
    const counts = new HourCounts();
    for (const call of calls) counts.add(call);
    return counts;
  }

  add({ cell, reached, weight }: CountedCall): void {
    this.calls[cell] = (this.calls[cell] as number) + weight;
    if (reached) this.reached[cell] = (this.reached[cell] as number) + weight;
    this.total += weight;
  }
}

/** A rate for each cell, with its weight in calls. */
export interface HourRates {
  readonly mean: Float64Array;
  readonly weight: Float64Array;
}

/** Creates rates with the same mean and weight for every cell. */
export const toUniformRates = (mean: number, weight: number): HourRates => ({
  mean: new Float64Array(CELLS).fill(mean),
  weight: new Float64Array(CELLS).fill(weight),
});

/** Like `HourRates`, for one cell. */
export interface HourRate {
  readonly mean: number;
  readonly weight: number;
}

/** Computes the posterior rates of all cells; see {@link computePosteriorRate}. */
export function computePosteriorRates(
  counts: HourCounts | undefined,
  prior: HourRates,
  strength: number,
  similarity: HourSimilarity,
): HourRates {
  const rates = { mean: new Float64Array(CELLS), weight: new Float64Array(CELLS) };
  for (let cell = 0; cell < CELLS; cell += 1) {
    const { mean, weight } = computePosteriorRate(cell, counts, prior, strength, similarity);
    rates.mean[cell] = mean;
    rates.weight[cell] = weight;
  }
  return rates;
}

/**
 * Computes the posterior rate of a cell: the prior, updated by the calls in the cell and, weighted by similarity, by
 * the deviation of the calls in other cells from their own prior. Apart from these contributions, it is the conjugate
 * update of a beta distribution.
 * @param strength the weight of the prior in calls, limited by the prior's own weight
 */
export function computePosteriorRate(
  cell: number,
  counts: HourCounts | undefined,
  prior: HourRates,
  strength: number,
  similarity: HourSimilarity,
): HourRate {
  const priorMean = prior.mean[cell] as number;
  let calls = 0;
  let reached = 0;
  if (counts && counts.total > 0) {
    const { from, share } = similarity[cell] as HourSimilarity[number];
    for (let index = 0; index < from.length; index += 1) {
      const other = from[index] as number;
      const otherCalls = counts.calls[other] as number;
      if (otherCalls === 0) continue;
      const otherShare = share[index] as number;
      calls += otherShare * otherCalls;
      reached +=
        otherShare *
        (otherCalls * priorMean + (counts.reached[other] as number) - otherCalls * (prior.mean[other] as number));
    }
  }
  const priorWeight = Math.min(strength, prior.weight[cell] as number);
  const boundedReached = Math.min(Math.max(reached, 0), calls);
  return { mean: (priorWeight * priorMean + boundedReached) / (priorWeight + calls), weight: priorWeight + calls };
}
