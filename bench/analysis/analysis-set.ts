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

/** What may be found in an utterance. An absent field is not judged; null, and the empty list, say that nothing may be. */
export type ExpectedFindings = z.infer<typeof expectedFindings>;
export type LabelledUtterance = z.infer<typeof utterance>;

/** A set that cannot be evaluated, with everything that is wrong with it. */
export class AnalysisSetError extends Error {
  override readonly name = 'AnalysisSetError';
  readonly code = 'set_invalid';
}

const MOST_TOLD = 20;

/**
 * One JSON object a line; empty lines are passed over.
 * @throws AnalysisSetError naming lines and fields; also for a field that nobody knows
 */
export async function readAnalysisSet(file: string): Promise<LabelledUtterance[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const wrong: string[] = [];
  const utterances = lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const read = utterance.safeParse(jsonOf(line));
    if (read.success) return [read.data];
    wrong.push(...read.error.issues.map(({ path, message }) => `line ${index + 1}: ${path.join('.')} ${message}`));
    return [];
  });
  if (wrong.length > 0) throw new AnalysisSetError(`${file}:\n  ${wrong.slice(0, MOST_TOLD).join('\n  ')}`);
  if (utterances.length === 0) throw new AnalysisSetError(`${file} holds no utterance: one JSON object a line.`);
  return utterances;
}

/** Undefined for what is no JSON: it is then no object either, and told so. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
