import { drawBeta, logBeta } from './beta.js';
import {
  CELLS,
  cellOf,
  HourCounts,
  sameRate,
  updated,
  type DayType,
  type HourRates,
  type Likeness,
} from './hour-rates.js';

/** A call as far as it says when somebody can be reached. What the carrier failed at says nothing, and is not told. */
export interface ContactTry {
  readonly customer: string;
  readonly segment: string;
  readonly day: DayType;
  /** Local, 0–23. */
  readonly hour: number;
  /** A person answered; voicemail is a miss. */
  readonly reached: boolean;
}

export interface HourScore {
  readonly hour: number;
  /** The probability of reaching the customer, as it is believed. */
  readonly probability: number;
}

/** What is believed of an hour before anybody was called in it: the mean of all hours, as if called so often. */
const HOUR_STRENGTH = 3;
/** How alike the members of a group are: their rates vary as if each had been seen so often at the group's rate. */
const STRENGTHS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024] as const;
const STRENGTH_AT_FIRST = 16;
/** Strengths are estimated anew when so much more is known. */
const GROWTH = 1.15;
const FIRST_ESTIMATE = 50;
/** Draws are so much surer than what is believed: there are few calls left for what trying out would win. */
const CAUTION = 3;
/** Rates of a group are worked out anew when it was called so much more often. */
const STALE = 1.02;

/** Likeness helps while little is known, and may hinder later: how it did lately counts. */
const REMEMBERED = 0.999;

/** How alike hours may be; which of them it is is learned. */
const LIKENESSES: readonly Likeness[] = [0, 0.4, 0.7].flatMap((nextHour) =>
  [0, 0.5].map((otherDay) => ({ nextHour, otherDay })),
);

/**
 * What is known of when people can be reached: by hour and type of day, a hierarchical beta-binomial model from all over
 * segments to single customers. How much a group says of its members (the strength of its prior) is estimated from the
 * counts themselves (empirical Bayes, by the marginal likelihood on a grid). So where segments say nothing they are
 * believed no more than everybody is, and a customer's own calls count the more the less alike customers are. How much
 * neighbouring hours say of each other is learned by which likeness foretold the calls best (prequential likelihood, Dawid 1984).
 */
export class ContactModel {
  private readonly all = new HourCounts();
  private readonly segments = new Map<string, HourCounts>();
  private readonly customers = new Map<string, { readonly segment: string; readonly counts: HourCounts }>();
  private reachedCount = 0;
  private estimatedAt = 0;
  private segmentStrength: number = STRENGTH_AT_FIRST;
  private customerStrength: number = STRENGTH_AT_FIRST;
  private readonly foretold = LIKENESSES.map(() => 0);
  private readonly known = LIKENESSES.map(
    () => new Map<string, { readonly total: number; readonly rates: HourRates }>(),
  );

  record({ customer, segment, day, hour, reached }: ContactTry): void {
    const cell = cellOf(day, hour);
    LIKENESSES.forEach((_, index) => {
      const chance = this.customerRates(customer, segment, index).mean[cell] as number;
      this.foretold[index] = (this.foretold[index] ?? 0) * REMEMBERED + Math.log(reached ? chance : 1 - chance);
    });
    this.all.add(cell, reached);
    let members = this.segments.get(segment);
    if (!members) this.segments.set(segment, (members = new HourCounts()));
    members.add(cell, reached);
    let own = this.customers.get(customer);
    if (own?.segment !== segment) this.customers.set(customer, (own = { segment, counts: new HourCounts() }));
    own.counts.add(cell, reached);
    this.reachedCount += Number(reached);
    const { total } = this.all;
    if (total >= FIRST_ESTIMATE && total > this.estimatedAt * GROWTH) this.estimateStrengths();
  }

  /**
   * The chance in each hour, as a draw of what may be true of the segment (Thompson sampling): hours of which little is
   * known are tried now and then. Customers are not drawn, only believed: with the few calls each of them gets, trying
   * things out on single customers would never pay.
   * @param random uniform in [0, 1); left out, the chance is what is believed, and nothing is tried out
   */
  scores(
    { customer, segment }: Pick<ContactTry, 'customer' | 'segment'>,
    day: DayType,
    hours: readonly number[],
    random?: () => number,
  ): HourScore[] {
    const likeness = this.foretold.indexOf(Math.max(...this.foretold));
    const members = this.segmentRates(segment, likeness);
    const own = this.customerRates(customer, segment, likeness);
    return hours.map((hour) => {
      const cell = cellOf(day, hour);
      const believed = own.mean[cell] as number;
      if (!random) return { hour, probability: believed };
      const mean = members.mean[cell] as number;
      const weight = (members.weight[cell] as number) * CAUTION;
      const drawn = drawBeta({ reached: weight * mean, missed: weight * (1 - mean) }, random);
      // What is believed of the customer rests on the segment in this share.
      const share = this.customerStrength / Math.max(this.customerStrength, own.weight[cell] as number);
      return { hour, probability: believed + share * (drawn - mean) };
    });
  }

  private customerRates(customer: string, segment: string, likeness: number): HourRates {
    const members = this.segmentRates(segment, likeness);
    const own = this.customers.get(customer)?.counts;
    if (!own) return members;
    return updated(own, { ...members, weight: ANY_WEIGHT }, this.customerStrength, LIKENESSES[likeness] as Likeness);
  }

  private segmentRates(segment: string, likeness: number): HourRates {
    const counts = this.segments.get(segment);
    return this.remembered(`segment ${segment}`, likeness, (counts?.total ?? 0) + this.all.total / 50, () =>
      updated(counts, this.everybodysRates(likeness), this.segmentStrength, LIKENESSES[likeness] as Likeness),
    );
  }

  private everybodysRates(likeness: number): HourRates {
    return this.remembered('everybody', likeness, this.all.total, () => {
      const mean = (this.reachedCount + 1) / (this.all.total + 2);
      return updated(this.all, sameRate(mean, HOUR_STRENGTH), HOUR_STRENGTH, LIKENESSES[likeness] as Likeness);
    });
  }

  private remembered(name: string, likeness: number, total: number, make: () => HourRates): HourRates {
    const known = this.known[likeness]?.get(name);
    if (known && total < known.total * STALE + 1) return known.rates;
    const rates = make();
    this.known[likeness]?.set(name, { total, rates });
    return rates;
  }

  private estimateStrengths(): void {
    this.estimatedAt = this.all.total;
    const likeness = this.foretold.indexOf(Math.max(...this.foretold));
    const global = this.everybodysRates(likeness).mean;
    this.segmentStrength = likeliest([...this.segments.values()].map((counts) => ({ counts, prior: global })));
    for (const rates of this.known) rates.clear();
    this.customerStrength = likeliest(
      [...this.customers.values()].map(({ segment, counts }) => ({
        counts,
        prior: this.segmentRates(segment, likeness).mean,
      })),
    );
  }
}

const ANY_WEIGHT = new Float64Array(CELLS).fill(Infinity);
const LEAST_COUNT = 1e-3;

/** The strength under which the members' counts are likeliest; single calls say nothing of it. */
function likeliest(members: readonly { readonly counts: HourCounts; readonly prior: Float64Array }[]): number {
  let best: number = STRENGTH_AT_FIRST;
  let most = -Infinity;
  for (const strength of STRENGTHS) {
    let likelihood = 0;
    for (const { counts, prior } of members) {
      for (let cell = 0; cell < CELLS; cell += 1) {
        const tries = counts.tries[cell] as number;
        if (tries < 2) continue;
        const rate = prior[cell] as number;
        const a = Math.max(LEAST_COUNT, strength * rate);
        const b = Math.max(LEAST_COUNT, strength * (1 - rate));
        const reached = counts.reached[cell] as number;
        likelihood += logBeta(a + reached, b + tries - reached) - logBeta(a, b);
      }
    }
    if (likelihood > most) [most, best] = [likelihood, strength];
  }
  return best;
}
