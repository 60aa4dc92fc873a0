import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HANDLINGS, HAZARDS, INSTRUCTION_LOCALES, SAFE_PLACES } from '#libs/domain/instructions/index.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const interval = z.strictObject({ start: instant, end: instant });

const expectedFindings = z.strictObject({
  availability: z.array(interval).nullish(),
  unavailable: z.array(interval).nullish(),
  safePlace: z.enum(SAFE_PLACES).nullish(),
  safePlaceText: z.string().nullish(),
  accessCode: z.string().nullish(),
  recipient: z.strictObject({ name: z.string().nullable(), unit: z.string().nullable() }).nullish(),
  reschedule: z.strictObject({ to: interval.nullable() }).nullish(),
  refused: z.boolean().nullish(),
  optOut: z.boolean().nullish(),
  callAhead: z.boolean().nullish(),
  needsHuman: z.boolean().nullish(),
  hazards: z.array(z.enum(HAZARDS)).nullish(),
  handling: z.array(z.enum(HANDLINGS)).nullish(),
  complexity: z.number().int().min(1).max(5).nullish(),
});

const utterance = z.strictObject({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  locale: z.enum(INSTRUCTION_LOCALES),
  zone: z.string(),
  now: instant,
  planned: interval,
  question: z.enum(['availability', 'instructions', 'open']),
  expected: expectedFindings,
});

/**
 * The findings expected in an utterance. An absent field is not judged; null or an empty list means that nothing may be
 * found.
 */
export type ExpectedFindings = z.infer<typeof expectedFindings>;
export type LabeledUtterance = z.infer<typeof utterance>;

/** The set cannot be evaluated. The message lists everything that is wrong with it. */
export class AnalysisSetError extends Error {
  override readonly name = 'AnalysisSetError';
  readonly code = 'set_invalid';
}

const MAX_REPORTED_ISSUES = 20;

/**
 * Reads an evaluation set: one JSON object per line; empty lines are skipped.
 *
 * @throws AnalysisSetError if a line is invalid or has an unknown field; the message names lines and fields.
 */
export async function readAnalysisSet(file: string): Promise<LabeledUtterance[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const issues: string[] = [];
  const utterances = lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const read = utterance.safeParse(parseJson(line));
    if (read.success) return [read.data];
    issues.push(...read.error.issues.map(({ path, message }) => `line ${index + 1}: ${path.join('.')} ${message}`));
    return [];
  });
  if (issues.length > 0) throw new AnalysisSetError(`${file}:\n  ${issues.slice(0, MAX_REPORTED_ISSUES).join('\n  ')}`);
  if (utterances.length === 0)
    throw new AnalysisSetError(`${file} contains no utterance. Write one JSON object per line.`);
  return utterances;
}

/** Returns undefined for invalid JSON, which the schema then rejects because it is not an object. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
