import { splitInstructions, type Correction, type Finding, type Instructions } from '#libs/contracts/index.js';

/** The instructions after a correction by a dispatcher. */
export interface CorrectedInstructions {
  readonly instructions: Instructions;
  /** Names of extracted fields that the dispatcher removed. */
  readonly removed: readonly string[];
}

const EMPTY: Instructions = { complexity: 1 };

/**
 * Merges a correction into the extracted instructions. The dispatcher confirms the fields that they leave unchanged, so
 * every finding gets a confidence of 1.
 * @param original the extracted instructions; undefined for a recording that could not be transcribed
 */
export function applyCorrection(original: Instructions | undefined, correction: Correction): CorrectedInstructions {
  const { rating, findings } = splitInstructions(original ?? EMPTY);
  const { complexity, note: _note, ...fields } = correction;
  const merged = new Map<string, object>(
    Object.entries(findings).map(([field, finding]: [string, Finding]) => [field, toConfirmed(finding)]),
  );
  const removed: string[] = [];
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (isRemoval(field, value)) {
      if (merged.delete(field)) removed.push(field);
    } else merged.set(field, toFinding(value));
  }
  return {
    instructions: { ...Object.fromEntries(merged), ...(complexity === undefined ? rating : { complexity }) },
    removed,
  };
}

const toConfirmed = (finding: Finding): Finding => ({ ...finding, confidence: 1, source: 'person' });

/**
 * `present: false` is a statement (no one is at home). Any other field that is false, null or empty removes the
 * finding.
 */
const isRemoval = (field: string, value: unknown): boolean =>
  value === null || (value === false && field !== 'present') || (Array.isArray(value) && value.length === 0);

const toFinding = (value: unknown): object => ({
  ...(isSafePlace(value) ? value : { value }),
  confidence: 1,
  source: 'person',
});

/** A safe place has a value and, optionally, the words of the customer. */
const isSafePlace = (value: unknown): value is { readonly value: string; readonly text?: string } =>
  typeof value === 'object' && value !== null && 'value' in value;
