import type { Complexity, ComplexityFactor, Instructions } from './model/types.js';

/** Instructions without their complexity. */
export type Findings = Omit<Instructions, 'complexity' | 'complexityFactors'>;

const CONDITION = /\b(if|unless|in case|otherwise|si no|por si|en caso)\b/;

/**
 * Rates the complexity of instructions and lists its factors. 1: at most one fact. 2: two facts or a code. 3: three
 * facts or a condition. 4: four or five facts. 5: more.
 * @param folded the folded text
 */
export function rateComplexity(
  found: Findings,
  folded: string,
): Pick<Instructions, 'complexity' | 'complexityFactors'> {
  const facts = toFacts(found);
  const factCount = facts.reduce((sum, [, count]) => sum + count, 0);
  const byCount: Complexity = factCount <= 1 ? 1 : factCount === 2 ? 2 : factCount === 3 ? 3 : factCount <= 5 ? 4 : 5;
  const isConditional = CONDITION.test(folded) && factCount > 0;
  const floor: Complexity = isConditional ? 3 : found.accessCode ? 2 : 1;
  return { complexity: byCount > floor ? byCount : floor, complexityFactors: toFactors(facts, isConditional) };
}

/** Lists the factors without a rating, for an analyst that rates complexity itself. */
export const toComplexityFactors = (found: Findings, folded: string): readonly ComplexityFactor[] =>
  toFactors(toFacts(found), CONDITION.test(folded));

type Fact = readonly [factor: ComplexityFactor, count: number];

function toFacts(found: Findings): Fact[] {
  const oneIfFound = (finding: unknown): number => (finding === null ? 0 : 1);
  const facts: Fact[] = [
    ['availability', Math.min(1, found.availability.length)],
    ['unavailable', Math.min(1, found.unavailable.length)],
    ['safe_place', oneIfFound(found.safePlace)],
    ['access_code', oneIfFound(found.accessCode)],
    ['recipient', oneIfFound(found.recipient)],
    ['reschedule', oneIfFound(found.reschedule)],
    ['refused', oneIfFound(found.refused)],
    ['opt_out', oneIfFound(found.optOut)],
    ['call_ahead', oneIfFound(found.callAhead)],
    ['hazards', found.hazards.length],
    ['handling', found.handling.length],
  ];
  return facts.filter(([, count]) => count > 0);
}

const toFactors = (facts: readonly Fact[], isConditional: boolean): ComplexityFactor[] => [
  ...facts.map(([factor]) => factor),
  ...(isConditional && facts.length > 0 ? (['condition'] as const) : []),
];
