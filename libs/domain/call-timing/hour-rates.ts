import { DAY_TYPES, type DayType } from './call-timing.values.js';

export { DAY_TYPES, type DayType };

const HOURS = 24;
export const CELLS = DAY_TYPES.length * HOURS;
/** Hours further apart say nothing of each other. */
const REACH = 3;

/** @param weekday 1 Monday … 7 Sunday */
export const dayTypeOf = (weekday: number): DayType => (weekday >= 6 ? 'weekend' : 'weekday');

/** An hour of a type of day as an index. */
export const cellOf = (day: DayType, hour: number): number => DAY_TYPES.indexOf(day) * HOURS + hour;

/** How much calls in one hour say of another: by hour, which others lend it what share of a call. */
export type Likeness = readonly { readonly from: Int32Array; readonly share: Float64Array }[];

/**
 * @param nextHour what the next hour lends, as a share of a call; the one after it lends that share of the share
 * @param otherDay what the same hour on the other type of day lends
 */
export function likeness(nextHour: number, otherDay: number): Likeness {
  return Array.from({ length: CELLS }, (_, cell) => {
    const lenders = Array.from({ length: CELLS }, (_other, from) => {
      const apart = Math.abs((from % HOURS) - (cell % HOURS));
      const isOtherDay = Math.floor(from / HOURS) !== Math.floor(cell / HOURS);
      return { from, share: apart > REACH ? 0 : nextHour ** apart * (isOtherDay ? otherDay : 1) };
    }).filter(({ share }) => share > 0);
    return {
      from: Int32Array.from(lenders, ({ from }) => from),
      share: Float64Array.from(lenders, ({ share }) => share),
    };
  });
}

export interface CountedCall {
  readonly cell: number;
  readonly reached: boolean;
  /** 1 for a call of today; what is long ago counts less. */
  readonly weight: number;
}

/** Calls and how many of them reached somebody, by hour and type of day. */
export class HourCounts {
  readonly reached = new Float64Array(CELLS);
  readonly tries = new Float64Array(CELLS);
  total = 0;

  static of(calls: readonly CountedCall[]): HourCounts {
    const counts = new HourCounts();
    for (const call of calls) counts.add(call);
    return counts;
  }

  add({ cell, reached, weight }: CountedCall): void {
    this.tries[cell] = (this.tries[cell] as number) + weight;
    if (reached) this.reached[cell] = (this.reached[cell] as number) + weight;
    this.total += weight;
  }
}

/** A rate for every hour, and how many calls it is worth. */
export interface HourRates {
  readonly mean: Float64Array;
  readonly weight: Float64Array;
}

export const sameRate = (mean: number, weight: number): HourRates => ({
  mean: new Float64Array(CELLS).fill(mean),
  weight: new Float64Array(CELLS).fill(weight),
});

/** As `HourRates`, of one hour. */
export interface HourRate {
  readonly mean: number;
  readonly weight: number;
}

/** What is believed of every hour after these calls. */
export function updated(
  counts: HourCounts | undefined,
  prior: HourRates,
  strength: number,
  likeness: Likeness,
): HourRates {
  const rates = { mean: new Float64Array(CELLS), weight: new Float64Array(CELLS) };
  for (let cell = 0; cell < CELLS; cell += 1) {
    const { mean, weight } = updatedRate(cell, counts, prior, strength, likeness);
    rates.mean[cell] = mean;
    rates.weight[cell] = weight;
  }
  return rates;
}

/**
 * What is believed of an hour after these calls: the prior, moved by the calls in it and, as far as hours are alike, by how
 * calls in others went beside what had been believed of those. Conjugate updating of a beta distribution, but for what hours
 * lend each other.
 * @param strength how many calls the prior is worth; never more than it rests on
 */
export function updatedRate(
  cell: number,
  counts: HourCounts | undefined,
  prior: HourRates,
  strength: number,
  likeness: Likeness,
): HourRate {
  const own = prior.mean[cell] as number;
  let tries = 0;
  let reached = 0;
  if (counts && counts.total > 0) {
    const { from, share } = likeness[cell] as Likeness[number];
    for (let lender = 0; lender < from.length; lender += 1) {
      const other = from[lender] as number;
      const told = counts.tries[other] as number;
      if (told === 0) continue;
      const lent = share[lender] as number;
      tries += lent * told;
      reached += lent * (told * own + (counts.reached[other] as number) - told * (prior.mean[other] as number));
    }
  }
  const sure = Math.min(strength, prior.weight[cell] as number);
  const kept = Math.min(Math.max(reached, 0), tries);
  return { mean: (sure * own + kept) / (sure + tries), weight: sure + tries };
}
