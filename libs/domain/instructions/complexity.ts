import type { Complexity, ComplexityFactor, Instructions } from './model/types.js';

/** Instructions without how complex they are. */
export type Findings = Omit<Instructions, 'complexity' | 'complexityFactors'>;

const CONDITION = /\b(if|unless|in case|otherwise|si no|por si|en caso)\b/;

/**
 * 1 one plain fact or none, 2 two facts or a code, 3 three facts or a condition, 4 four or five, 5 more; with what it is
 * made of.
 * @param folded the words, folded
 */
export function complexityOf(found: Findings, folded: string): Pick<Instructions, 'complexity' | 'complexityFactors'> {
  const facts = factsOf(found);
  const count = facts.reduce((sum, [, times]) => sum + times, 0);
  const byCount: Complexity = count <= 1 ? 1 : count === 2 ? 2 : count === 3 ? 3 : count <= 5 ? 4 : 5;
  const isConditional = CONDITION.test(folded) && count > 0;
  const floor: Complexity = isConditional ? 3 : found.accessCode ? 2 : 1;
  return { complexity: byCount > floor ? byCount : floor, complexityFactors: factorsOf(facts, isConditional) };
}

/** What the words ask for, without a rating: for an analyst that rates by itself. */
export const complexityFactorsOf = (found: Findings, folded: string): readonly ComplexityFactor[] =>
  factorsOf(factsOf(found), CONDITION.test(folded));

type Fact = readonly [factor: ComplexityFactor, times: number];

function factsOf(found: Findings): Fact[] {
  const once = (one: unknown): number => (one === null ? 0 : 1);
  const facts: Fact[] = [
    ['availability', Math.min(1, found.availability.length)],
    ['unavailable', Math.min(1, found.unavailable.length)],
    ['safe_place', once(found.safePlace)],
    ['access_code', once(found.accessCode)],
    ['recipient', once(found.recipient)],
    ['reschedule', once(found.reschedule)],
    ['refused', once(found.refused)],
    ['opt_out', once(found.optOut)],
    ['call_ahead', once(found.callAhead)],
    ['hazards', found.hazards.length],
    ['handling', found.handling.length],
  ];
  return facts.filter(([, times]) => times > 0);
}

const factorsOf = (facts: readonly Fact[], isConditional: boolean): ComplexityFactor[] => [
  ...facts.map(([factor]) => factor),
  ...(isConditional && facts.length > 0 ? (['condition'] as const) : []),
];
