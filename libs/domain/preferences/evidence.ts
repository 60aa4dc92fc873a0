/** An observed value, with the number of its observations. Older observations weigh less than 1. */
export interface SeenValue {
  readonly value: string;
  readonly weight: number;
}

/** The observations of one preference of one customer, weighted as of `at`. */
export interface Evidence {
  readonly seen: readonly SeenValue[];
  readonly at: Date;
}

/** The most probable preference. */
export interface Belief {
  readonly value: string;
  /** 0 to 1: the probability that the customer prefers the same next time. */
  readonly confidence: number;
}

/** The half-life of an observation, because customers move and change their minds. */
const HALF_LIFE_MS = 180 * 86_400_000;
/** The prior weight of unobserved values, so that a single observation is not treated as a habit. */
const UNOBSERVED_WEIGHT = 1;

const toDecayed = ({ seen, at }: Evidence, now: Date): SeenValue[] => {
  const decay = 2 ** (-Math.max(0, now.getTime() - at.getTime()) / HALF_LIFE_MS);
  return seen.map(({ value, weight }) => ({ value, weight: weight * decay }));
};

/**
 * Adds an observation to the evidence.
 * @param certainty 0 to 1, its weight
 */
export function withObservation(before: Evidence | undefined, value: string, certainty: number, now: Date): Evidence {
  const seen = before ? toDecayed(before, now) : [];
  const currentWeight = seen.find((entry) => entry.value === value)?.weight ?? 0;
  return {
    seen: [...seen.filter((entry) => entry.value !== value), { value, weight: currentWeight + certainty }],
    at: now,
  };
}

/**
 * Finds the most probable value and its probability: the mean of a Dirichlet posterior with a prior weight for
 * unobserved values. Of values with equal weight, the one observed last wins.
 * @returns `undefined` without any observation
 */
export function likeliestValue(evidence: Evidence, now: Date): Belief | undefined {
  const seen = toDecayed(evidence, now);
  const total = seen.reduce((sum, { weight }) => sum + weight, 0);
  const best = seen.reduce<SeenValue | undefined>(
    (current, entry) => (current && current.weight > entry.weight ? current : entry),
    undefined,
  );
  return best && { value: best.value, confidence: best.weight / (total + UNOBSERVED_WEIGHT) };
}
