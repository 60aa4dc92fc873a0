import { mulberry32 } from '../seeded-random.js';
import type { Policy } from './policies.js';
import type { Population } from './population.js';

/**
 * Plays the rounds in order. Whether a customer is reached is drawn from the customer's true probability with one
 * random number per round, so that policies that choose the same hour get the same result.
 *
 * @returns The share of rounds in which a customer was reached.
 */
export function play(policy: Policy, { customers, rounds, seed }: Population, run: number): number {
  const [drawOutcome, chance] = [mulberry32(seed * 1000 + run), mulberry32(seed * 1000 + run + 500)];
  let reachedCount = 0;
  for (const { customer, day, hours } of rounds) {
    const person = customers[customer];
    if (!person) throw new RangeError(`The population has no customer ${customer}.`);
    const choice = { customer, segment: person.segment, day, hours };
    const hour = policy.choose(choice, chance);
    const reached = drawOutcome() < (person.reach[day][hour] ?? 0);
    policy.learn(choice, hour, reached);
    reachedCount += Number(reached);
  }
  return reachedCount / Math.max(1, rounds.length);
}

/** The 97.5 % quantiles of Student's t distribution for 1 to 9 degrees of freedom. */
const STUDENT_T_QUANTILES = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** The mean of the runs and half the width of its 95 % confidence interval. */
export function toConfidenceInterval(values: readonly number[]): { readonly mean: number; readonly halfWidth: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const quantile = STUDENT_T_QUANTILES[Math.min(STUDENT_T_QUANTILES.length, Math.max(1, values.length - 1)) - 1] ?? 2;
  return { mean, halfWidth: quantile * Math.sqrt(variance / values.length) };
}
