import { drawBeta, logBeta } from './beta.js';
import {
  CELLS,
  toCell,
  HourCounts,
  createHourSimilarity,
  toUniformRates,
  computePosteriorRates,
  computePosteriorRate,
  type CountedCall,
  type DayType,
  type HourRate,
  type HourRates,
  type HourSimilarity,
} from './hour-rates.js';

/** A call as evidence of when the customer can be reached. Calls that the carrier failed to place are not recorded. */
export interface ContactTry {
  readonly customer: string;
  readonly segment: string;
  readonly day: DayType;
  /** Local hour, 0–23. */
  readonly hour: number;
  /** Whether a person answered; a call that reached voicemail is a miss. */
  readonly reached: boolean;
}

/** An hour with its estimated probability. */
export interface HourScore {
  readonly hour: number;
  /** The estimated probability of reaching the customer, 0 to 1. */
  readonly probability: number;
}

/** The probability that a call in a local hour of a type of day is answered. */
export type HourChances = (day: DayType, hour: number) => number;

/** Prior strength of an hour, in calls: before any call in it, its rate is the mean of all hours. */
const HOUR_STRENGTH = 3;
/** Candidate prior strengths of a group, in calls: the higher, the more similar the rates of its members. */
const STRENGTHS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024] as const;
const INITIAL_STRENGTH = 16;
/** Strengths are estimated again after the number of calls has grown by this factor. */
const REESTIMATE_GROWTH = 1.15;
/** Strengths are first estimated at this number of calls. */
const MIN_CALLS_FOR_ESTIMATE = 50;
/** Factor on the weights of Thompson draws. It reduces exploration, because few later calls can benefit from it. */
const DRAW_WEIGHT_FACTOR = 3;
/** Cached rates of a group are recomputed after its number of calls has grown by this factor. */
const STALE_GROWTH = 1.02;

/**
 * Forgetting factor of the prequential likelihoods: similarity helps while there are few calls and may bias later
 * estimates.
 */
const FORGETTING_FACTOR = 0.999;

/** Candidate similarities of hours; the best one is learned. */
const SIMILARITIES: readonly HourSimilarity[] = [0, 0.4, 0.7].flatMap((nextHour) =>
  [0, 0.5].map((otherDay) => createHourSimilarity(nextHour, otherDay)),
);

/**
 * Learns when customers can be reached: a hierarchical beta-binomial model by hour and type of day, from all calls over
 * segments to single customers.
 *
 * The strength of a group's prior, which is its influence on the estimates of its members, is estimated from the counts
 * (empirical Bayes, by the marginal likelihood on a grid). Where segments are uninformative, they hardly differ from
 * the rates of all calls; the less similar customers are, the more weight a customer's own calls have. The similarity
 * of neighboring hours is learned: the candidate that predicted the calls best is used (prequential likelihood, Dawid
 * 1984).
 */
export class ContactModel {
  private readonly allCounts = new HourCounts();
  private readonly segments = new Map<string, HourCounts>();
  /** Single calls rather than counts by hour, which would take too much memory for all customers. */
  private readonly customers = new Map<string, { readonly segment: string; readonly calls: CountedCall[] }>();
  private reachedCount = 0;
  private estimatedAt = 0;
  private segmentStrength: number = INITIAL_STRENGTH;
  private customerStrength: number = INITIAL_STRENGTH;
  private readonly logLikelihoods = SIMILARITIES.map(() => 0);
  private readonly cachedRates = SIMILARITIES.map(
    () => new Map<string, { readonly total: number; readonly rates: HourRates }>(),
  );

  /** The total weight of recorded calls; older calls weigh less than 1. */
  get knownCalls(): number {
    return this.allCounts.total;
  }

  /**
   * Adds a call.
   * @param weight 1 for a call of today, less for an older one
   */
  record({ customer, segment, day, hour, reached }: ContactTry, weight = 1): void {
    const cell = toCell(day, hour);
    const counts = this.toCounts(customer);
    SIMILARITIES.forEach((_, index) => {
      const chance = this.customerRate(counts, segment, index, cell).mean;
      const logLikelihood = weight * Math.log(reached ? chance : 1 - chance);
      this.logLikelihoods[index] = (this.logLikelihoods[index] ?? 0) * FORGETTING_FACTOR + logLikelihood;
    });
    const call = { cell, reached, weight };
    this.allCounts.add(call);
    let members = this.segments.get(segment);
    if (!members) this.segments.set(segment, (members = new HourCounts()));
    members.add(call);
    let history = this.customers.get(customer);
    if (history?.segment !== segment) this.customers.set(customer, (history = { segment, calls: [] }));
    history.calls.push(call);
    if (reached) this.reachedCount += weight;
    const { total } = this.allCounts;
    if (total >= MIN_CALLS_FOR_ESTIMATE && total > this.estimatedAt * REESTIMATE_GROWTH) this.estimateStrengths();
  }

  /**
   * Estimates the probability for each hour, as a Thompson sample of the segment's rates, so that hours with few calls
   * are tried occasionally. The customer's own rates are not sampled: with few calls for each customer, exploring
   * single customers would never pay off.
   * @param hours local hours, 0–23
   * @param random uniform in [0, 1); without it, the result is the posterior mean, without exploration
   */
  scoreHours(
    { customer, segment }: Pick<ContactTry, 'customer' | 'segment'>,
    day: DayType,
    hours: readonly number[],
    random?: () => number,
  ): HourScore[] {
    const chanceAt = this.toHourChances({ customer, segment }, random);
    return hours.map((hour) => ({ hour, probability: chanceAt(day, hour) }));
  }

  /** Like `scores`, as a function of any hour. A value drawn for an hour stays the same on further calls. */
  toHourChances({ customer, segment }: Pick<ContactTry, 'customer' | 'segment'>, random?: () => number): HourChances {
    const similarity = this.logLikelihoods.indexOf(Math.max(...this.logLikelihoods));
    const members = this.segmentRates(segment, similarity);
    const counts = this.toCounts(customer);
    const draw = (cell: number): number => {
      const customerRate = this.customerRate(counts, segment, similarity, cell);
      if (!random) return customerRate.mean;
      const mean = members.mean[cell] as number;
      const weight = (members.weight[cell] as number) * DRAW_WEIGHT_FACTOR;
      const drawn = drawBeta({ reached: weight * mean, missed: weight * (1 - mean) }, random);
      // The share of the customer's estimate that rests on the segment.
      const share = this.customerStrength / Math.max(this.customerStrength, customerRate.weight);
      return Math.min(1, Math.max(0, customerRate.mean + share * (drawn - mean)));
    };
    const drawn = new Map<number, number>();
    return (day, hour) => {
      const cell = toCell(day, hour);
      const previous = drawn.get(cell);
      if (previous !== undefined) return previous;
      const chance = draw(cell);
      drawn.set(cell, chance);
      return chance;
    };
  }

  private toCounts(customer: string): HourCounts | undefined {
    const history = this.customers.get(customer);
    return history && HourCounts.of(history.calls);
  }

  private customerRate(counts: HourCounts | undefined, segment: string, similarity: number, cell: number): HourRate {
    const { mean, weight } = this.segmentRates(segment, similarity);
    if (!counts) return { mean: mean[cell] as number, weight: weight[cell] as number };
    const prior = { mean, weight: UNLIMITED_WEIGHT };
    return computePosteriorRate(cell, counts, prior, this.customerStrength, SIMILARITIES[similarity] as HourSimilarity);
  }

  private segmentRates(segment: string, similarity: number): HourRates {
    const counts = this.segments.get(segment);
    return this.getCached(`segment ${segment}`, similarity, (counts?.total ?? 0) + this.allCounts.total / 50, () =>
      computePosteriorRates(
        counts,
        this.globalRates(similarity),
        this.segmentStrength,
        SIMILARITIES[similarity] as HourSimilarity,
      ),
    );
  }

  private globalRates(similarity: number): HourRates {
    return this.getCached('all customers', similarity, this.allCounts.total, () => {
      const mean = (this.reachedCount + 1) / (this.allCounts.total + 2);
      return computePosteriorRates(
        this.allCounts,
        toUniformRates(mean, HOUR_STRENGTH),
        HOUR_STRENGTH,
        SIMILARITIES[similarity] as HourSimilarity,
      );
    });
  }

  private getCached(name: string, similarity: number, total: number, compute: () => HourRates): HourRates {
    const previous = this.cachedRates[similarity]?.get(name);
    if (previous && total < previous.total * STALE_GROWTH + 1) return previous.rates;
    const rates = compute();
    this.cachedRates[similarity]?.set(name, { total, rates });
    return rates;
  }

  private estimateStrengths(): void {
    this.estimatedAt = this.allCounts.total;
    const similarity = this.logLikelihoods.indexOf(Math.max(...this.logLikelihoods));
    const global = this.globalRates(similarity).mean;
    this.segmentStrength = estimateStrength(
      [...this.segments.values()].flatMap((counts) => toInformativeHours(counts, global)),
    );
    for (const rates of this.cachedRates) rates.clear();
    this.customerStrength = estimateStrength(
      [...this.customers.values()].flatMap(({ segment, calls }) =>
        calls.length < 2 ? [] : toInformativeHours(HourCounts.of(calls), this.segmentRates(segment, similarity).mean),
      ),
    );
  }
}

/** Prior weights that never limit the strength. */
const UNLIMITED_WEIGHT = new Float64Array(CELLS).fill(Infinity);
/** Lower limit of the parameters of a Beta distribution, which must be positive. */
const MIN_PARAMETER = 1e-3;

/** The counts of an hour in a group, with the prior mean of its members. */
interface HourObservation {
  readonly calls: number;
  readonly reached: number;
  /** The prior mean, 0 to 1. */
  readonly rate: number;
}

/**
 * Selects the hours with at least two calls, because a single call carries no information about the group's variance.
 */
function toInformativeHours({ calls, reached }: HourCounts, prior: Float64Array): HourObservation[] {
  const observations: HourObservation[] = [];
  calls.forEach((count, cell) => {
    if (count >= 2) observations.push({ calls: count, reached: reached[cell] as number, rate: prior[cell] as number });
  });
  return observations;
}

/** Estimates the prior strength: the candidate with the maximum marginal likelihood. */
function estimateStrength(observations: readonly HourObservation[]): number {
  let best: number = INITIAL_STRENGTH;
  let maxLikelihood = -Infinity;
  for (const strength of STRENGTHS) {
    let likelihood = 0;
    for (const { calls, reached, rate } of observations) {
      const a = Math.max(MIN_PARAMETER, strength * rate);
      const b = Math.max(MIN_PARAMETER, strength * (1 - rate));
      likelihood += logBeta(a + reached, b + calls - reached) - logBeta(a, b);
    }
    if (likelihood > maxLikelihood) [maxLikelihood, best] = [likelihood, strength];
  }
  return best;
}
