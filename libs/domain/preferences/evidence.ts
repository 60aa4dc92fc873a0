/** How often something was seen, what is long ago in part. */
export interface SeenValue {
  readonly value: string;
  readonly weight: number;
}

/** What was seen of one wish of one customer, weighed as of an instant. */
export interface Evidence {
  readonly seen: readonly SeenValue[];
  readonly at: Date;
}

export interface Belief {
  readonly value: string;
  /** 0–1: how probable it is that they wish it the next time, too. */
  readonly confidence: number;
}

/** People move, and change their minds: what was seen counts half after so long. */
const HALF_LIFE_MS = 180 * 86_400_000;
/** As if something else had been seen so often: once is no habit. */
const DOUBT = 1;

const decayed = ({ seen, at }: Evidence, now: Date): SeenValue[] => {
  const kept = 2 ** (-Math.max(0, now.getTime() - at.getTime()) / HALF_LIFE_MS);
  return seen.map(({ value, weight }) => ({ value, weight: weight * kept }));
};

/** The evidence with one more case. @param certainty 0–1, how sure it is that it was so */
export function withSeen(before: Evidence | undefined, value: string, certainty: number, now: Date): Evidence {
  const seen = before ? decayed(before, now) : [];
  const known = seen.find((one) => one.value === value)?.weight ?? 0;
  return { seen: [...seen.filter((one) => one.value !== value), { value, weight: known + certainty }], at: now };
}

/**
 * What is most probably wished, and how probably: the mean of a Dirichlet posterior with a doubt for what was never seen. The
 * value seen last wins where two were seen as often.
 */
export function believed(evidence: Evidence, now: Date): Belief | undefined {
  const seen = decayed(evidence, now);
  const total = seen.reduce((sum, { weight }) => sum + weight, 0);
  const best = seen.reduce<SeenValue | undefined>(
    (most, one) => (most && most.weight > one.weight ? most : one),
    undefined,
  );
  return best && { value: best.value, confidence: best.weight / (total + DOUBT) };
}
