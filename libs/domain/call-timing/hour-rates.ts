export const DAY_TYPES = ['weekday', 'weekend'] as const;
export type DayType = (typeof DAY_TYPES)[number];

const HOURS = 24;
export const CELLS = DAY_TYPES.length * HOURS;
/** Hours further apart say nothing of each other. */
const REACH = 3;

/** An hour of a type of day as an index. */
export const cellOf = (day: DayType, hour: number): number => DAY_TYPES.indexOf(day) * HOURS + hour;

/** How much calls in one hour say of another. */
export interface Likeness {
  /** Of the next hour, as a share of a call; of the one after it that share of the share. */
  readonly nextHour: number;
  /** Of the same hour on the other type of day. */
  readonly otherDay: number;
}

/** Calls and how many of them reached somebody, by hour and type of day. */
export class HourCounts {
  readonly reached = new Float64Array(CELLS);
  readonly tries = new Float64Array(CELLS);
  total = 0;

  add(cell: number, reached: boolean): void {
    this.tries[cell] = (this.tries[cell] as number) + 1;
    if (reached) this.reached[cell] = (this.reached[cell] as number) + 1;
    this.total += 1;
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

/**
 * What is believed after these calls: the prior, moved by the calls in each hour and, as far as hours are alike, by how calls
 * in others went beside what had been believed of those. Conjugate updating of a beta distribution, but for what hours lend
 * each other.
 * @param strength how many calls the prior is worth; never more than it rests on
 */
export function updated(
  counts: HourCounts | undefined,
  prior: HourRates,
  strength: number,
  { nextHour, otherDay }: Likeness,
): HourRates {
  const rates = { mean: new Float64Array(CELLS), weight: new Float64Array(CELLS) };
  for (let cell = 0; cell < CELLS; cell += 1) {
    const own = prior.mean[cell] as number;
    let tries = 0;
    let reached = 0;
    if (counts && counts.total > 0) {
      const hour = cell % HOURS;
      for (let other = Math.max(0, hour - REACH); other <= Math.min(HOURS - 1, hour + REACH); other += 1) {
        const share = nextHour ** Math.abs(other - hour);
        if (share === 0) continue;
        for (let day = 0; day < DAY_TYPES.length; day += 1) {
          const from = day * HOURS + other;
          const told = counts.tries[from] as number;
          const lent = from - other === cell - hour ? share : share * otherDay;
          if (told === 0 || lent === 0) continue;
          tries += lent * told;
          reached += lent * (told * own + (counts.reached[from] as number) - told * (prior.mean[from] as number));
        }
      }
    }
    const sure = Math.min(strength, prior.weight[cell] as number);
    const kept = Math.min(Math.max(reached, 0), tries);
    rates.mean[cell] = (sure * own + kept) / (sure + tries);
    rates.weight[cell] = sure + tries;
  }
  return rates;
}
