import { drawBeta, logBeta } from './beta.js';
import {
  CELLS,
  cellOf,
  HourCounts,
  likeness,
  sameRate,
  updated,
  updatedRate,
  type CountedCall,
  type DayType,
  type HourRate,
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

/** The chance of reaching somebody in a local hour of a type of day. */
export type HourChances = (day: DayType, hour: number) => number;

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
  [0, 0.5].map((otherDay) => likeness(nextHour, otherDay)),
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
  /** Their few calls one by one: counts by hour of so many people would fill the memory. */
  private readonly customers = new Map<string, { readonly segment: string; readonly calls: CountedCall[] }>();
  private reachedCount = 0;
  private estimatedAt = 0;
  private segmentStrength: number = STRENGTH_AT_FIRST;
  private customerStrength: number = STRENGTH_AT_FIRST;
  private readonly foretold = LIKENESSES.map(() => 0);
  private readonly known = LIKENESSES.map(
    () => new Map<string, { readonly total: number; readonly rates: HourRates }>(),
  );

  /** What the model rests on: calls, those of long ago in part. */
  get knownCalls(): number {
    return this.all.total;
  }

  /** @param weight what it counts for: 1 for a call of today, less for one of long ago */
  record({ customer, segment, day, hour, reached }: ContactTry, weight = 1): void {
    const cell = cellOf(day, hour);
    const known = this.countsOf(customer);
    LIKENESSES.forEach((_, index) => {
      const chance = this.customerRate(known, segment, index, cell).mean;
      const foretold = weight * Math.log(reached ? chance : 1 - chance);
      this.foretold[index] = (this.foretold[index] ?? 0) * REMEMBERED + foretold;
    });
    const call = { cell, reached, weight };
    this.all.add(call);
    let members = this.segments.get(segment);
    if (!members) this.segments.set(segment, (members = new HourCounts()));
    members.add(call);
    let own = this.customers.get(customer);
    if (own?.segment !== segment) this.customers.set(customer, (own = { segment, calls: [] }));
    own.calls.push(call);
    if (reached) this.reachedCount += weight;
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
    const chanceAt = this.chances({ customer, segment }, random);
    return hours.map((hour) => ({ hour, probability: chanceAt(day, hour) }));
  }

  /** As `scores`, for any hour; what is drawn for an hour stays so. */
  chances({ customer, segment }: Pick<ContactTry, 'customer' | 'segment'>, random?: () => number): HourChances {
    const likeAs = this.foretold.indexOf(Math.max(...this.foretold));
    const members = this.segmentRates(segment, likeAs);
    const counts = this.countsOf(customer);
    const draw = (cell: number): number => {
      const own = this.customerRate(counts, segment, likeAs, cell);
      if (!random) return own.mean;
      const mean = members.mean[cell] as number;
      const weight = (members.weight[cell] as number) * CAUTION;
      const drawn = drawBeta({ reached: weight * mean, missed: weight * (1 - mean) }, random);
      // What is believed of the customer rests on the segment in this share.
      const share = this.customerStrength / Math.max(this.customerStrength, own.weight);
      return Math.min(1, Math.max(0, own.mean + share * (drawn - mean)));
    };
    const drawn = new Map<number, number>();
    return (day, hour) => {
      const cell = cellOf(day, hour);
      const known = drawn.get(cell);
      if (known !== undefined) return known;
      const chance = draw(cell);
      drawn.set(cell, chance);
      return chance;
    };
  }

  private countsOf(customer: string): HourCounts | undefined {
    const own = this.customers.get(customer);
    return own && HourCounts.of(own.calls);
  }

  private customerRate(own: HourCounts | undefined, segment: string, likeAs: number, cell: number): HourRate {
    const { mean, weight } = this.segmentRates(segment, likeAs);
    if (!own) return { mean: mean[cell] as number, weight: weight[cell] as number };
    const prior = { mean, weight: ANY_WEIGHT };
    return updatedRate(cell, own, prior, this.customerStrength, LIKENESSES[likeAs] as Likeness);
  }

  private segmentRates(segment: string, likeAs: number): HourRates {
    const counts = this.segments.get(segment);
    return this.remembered(`segment ${segment}`, likeAs, (counts?.total ?? 0) + this.all.total / 50, () =>
      updated(counts, this.everybodysRates(likeAs), this.segmentStrength, LIKENESSES[likeAs] as Likeness),
    );
  }

  private everybodysRates(likeAs: number): HourRates {
    return this.remembered('everybody', likeAs, this.all.total, () => {
      const mean = (this.reachedCount + 1) / (this.all.total + 2);
      return updated(this.all, sameRate(mean, HOUR_STRENGTH), HOUR_STRENGTH, LIKENESSES[likeAs] as Likeness);
    });
  }

  private remembered(name: string, likeAs: number, total: number, make: () => HourRates): HourRates {
    const known = this.known[likeAs]?.get(name);
    if (known && total < known.total * STALE + 1) return known.rates;
    const rates = make();
    this.known[likeAs]?.set(name, { total, rates });
    return rates;
  }

  private estimateStrengths(): void {
    this.estimatedAt = this.all.total;
    const likeAs = this.foretold.indexOf(Math.max(...this.foretold));
    const global = this.everybodysRates(likeAs).mean;
    this.segmentStrength = likeliest([...this.segments.values()].flatMap((counts) => seenOften(counts, global)));
    for (const rates of this.known) rates.clear();
    this.customerStrength = likeliest(
      [...this.customers.values()].flatMap(({ segment, calls }) =>
        calls.length < 2 ? [] : seenOften(HourCounts.of(calls), this.segmentRates(segment, likeAs).mean),
      ),
    );
  }
}

const ANY_WEIGHT = new Float64Array(CELLS).fill(Infinity);
const LEAST_COUNT = 1e-3;

/** An hour of a group, and what its members' rates are believed to vary around. */
interface SeenHour {
  readonly tries: number;
  readonly reached: number;
  readonly rate: number;
}

/** Single calls say nothing of how much a group varies. */
function seenOften({ tries, reached }: HourCounts, prior: Float64Array): SeenHour[] {
  const seen: SeenHour[] = [];
  tries.forEach((count, cell) => {
    if (count >= 2) seen.push({ tries: count, reached: reached[cell] as number, rate: prior[cell] as number });
  });
  return seen;
}

/** The strength under which what was seen is likeliest. */
function likeliest(seen: readonly SeenHour[]): number {
  let best: number = STRENGTH_AT_FIRST;
  let most = -Infinity;
  for (const strength of STRENGTHS) {
    let likelihood = 0;
    for (const { tries, reached, rate } of seen) {
      const a = Math.max(LEAST_COUNT, strength * rate);
      const b = Math.max(LEAST_COUNT, strength * (1 - rate));
      likelihood += logBeta(a + reached, b + tries - reached) - logBeta(a, b);
    }
    if (likelihood > most) [most, best] = [likelihood, strength];
  }
  return best;
}
