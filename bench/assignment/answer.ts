/** What is written to `--out`: everything by index into the problem's lists. */
export interface Answer {
  readonly assignments: readonly (readonly [delivery: number, agent: number])[];
  readonly unassigned: readonly number[];
  readonly cost: number;
  /** No plan costs less. */
  readonly bound: number;
  /** Milliseconds of solving, without reading and building. */
  readonly ms: number;
}

/** @param agentOf by delivery: its agent, or -1 */
export function answerOf(agentOf: readonly number[], cost: number, bound: number, ms: number): Answer {
  const assignments = agentOf.flatMap((agent, delivery) => (agent >= 0 ? [[delivery, agent] as const] : []));
  const unassigned = agentOf.flatMap((agent, delivery) => (agent >= 0 ? [] : [delivery]));
  return { assignments, unassigned, cost, bound, ms: Math.round(ms * 1000) / 1000 };
}

/** The middle one; of an even count the lower of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
