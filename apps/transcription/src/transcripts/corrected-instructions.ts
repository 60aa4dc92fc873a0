import { splitInstructions, type Correction, type Finding, type Instructions } from '#libs/contracts/index.js';

/** What counts once a person has looked. */
export interface Corrected {
  readonly instructions: Instructions;
  /** What had been understood and was not said. */
  readonly removed: readonly string[];
}

const NOTHING: Instructions = { complexity: 1 };

/**
 * What was understood, as a person corrected it. What they left as it was they have confirmed: everything is as sure as
 * they are.
 * @param known what was understood; nothing of a recording that nobody could read
 */
export function correctedInstructions(known: Instructions | undefined, correction: Correction): Corrected {
  const { rating, findings } = splitInstructions(known ?? NOTHING);
  const { complexity: said, note: _forColleagues, ...fields } = correction;
  const merged = new Map<string, object>(
    Object.entries(findings).map(([field, finding]: [string, Finding]) => [field, confirmed(finding)]),
  );
  const removed: string[] = [];
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (isNothing(field, value)) {
      if (merged.delete(field)) removed.push(field);
    } else merged.set(field, findingOf(value));
  }
  return {
    instructions: { ...Object.fromEntries(merged), ...(said === undefined ? rating : { complexity: said }) },
    removed,
  };
}

const confirmed = (finding: Finding): Finding => ({ ...finding, confidence: 1, source: 'person' });

/** "Nobody is there" says something; that nothing is refused, or no hazard is there, says as little as silence. */
const isNothing = (field: string, value: unknown): boolean =>
  value === null || (value === false && field !== 'present') || (Array.isArray(value) && value.length === 0);

const findingOf = (value: unknown): object => ({
  ...(isPlace(value) ? value : { value }),
  confidence: 1,
  source: 'person',
});

/** A safe place stands beside the customer's own words for it. */
const isPlace = (value: unknown): value is { readonly value: string; readonly text?: string } =>
  typeof value === 'object' && value !== null && 'value' in value;
