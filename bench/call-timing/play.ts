import { mulberry32 } from '../seeded-random.js';
import type { Policy } from './policies.js';
import type { Population } from './population.js';

/**
 * Plays the rounds in their order. Whether somebody is reached is drawn from what is true of them, with chance of its own for each
 * round: policies that choose the same hour have the same luck.
 * @returns the share of rounds in which somebody was reached
 */
export function play(policy: Policy, { customers, rounds, seed }: Population, run: number): number {
  const [luck, chance] = [mulberry32(seed * 1000 + run), mulberry32(seed * 1000 + run + 500)];
  let reachedCount = 0;
  for (const { customer, day, hours } of rounds) {
    const one = customers[customer];
    if (!one) throw new RangeError(`There is no customer ${customer}.`);
    const choice = { customer, segment: one.segment, day, hours };
    const hour = policy.choose(choice, chance);
    const reached = luck() < (one.reach[day][hour] ?? 0);
    policy.learn(choice, hour, reached);
    reachedCount += Number(reached);
  }
  return reachedCount / Math.max(1, rounds.length);
}

/** 97.5 % quantiles of Student's t for 1 to 9 degrees of freedom. */
const STUDENT = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** The mean and half the width of its 95 % interval over the runs. */
export function interval(values: readonly number[]): { readonly mean: number; readonly half: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const quantile = STUDENT[Math.min(STUDENT.length, Math.max(1, values.length - 1)) - 1] ?? 2;
  return { mean, half: quantile * Math.sqrt(variance / values.length) };
}
