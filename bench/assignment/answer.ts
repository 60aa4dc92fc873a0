/** A plan, as `--out` writes it. Deliveries and agents are given by their index in the problem's lists. */
export interface Answer {
  readonly assignments: readonly (readonly [delivery: number, agent: number])[];
  readonly unassigned: readonly number[];
  readonly cost: number;
  /** A lower bound of the cost of every plan. */
  readonly bound: number;
  /** Milliseconds that the solver took, without reading the problem and building its tables. */
  readonly ms: number;
}

/** @param agentOf For each delivery the index of its agent, or -1. */
export function toAnswer(agentOf: readonly number[], cost: number, bound: number, ms: number): Answer {
  const assignments = agentOf.flatMap((agent, delivery) => (agent >= 0 ? [[delivery, agent] as const] : []));
  const unassigned = agentOf.flatMap((agent, delivery) => (agent >= 0 ? [] : [delivery]));
  return { assignments, unassigned, cost, bound, ms: Math.round(ms * 1000) / 1000 };
}

/** The median; of an even number of values, the lower of the two middle ones. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
