import { isCertain, splitInstructions, type Instructions, type Question } from '#libs/contracts/index.js';

type Findings = ReturnType<typeof splitInstructions>['findings'];
type Finding = NonNullable<Findings[keyof Findings]>;

/**
 * Merges known and new instructions field by field. Keyed input and reviews override the analysis of words. Otherwise
 * the finding with the higher confidence is used, and between equals the newer one, which had more context. If words
 * contradict keyed input, the keyed input is used and a question is added for a review.
 */
export function mergeInstructions(known: Instructions | undefined, found: Instructions): Instructions {
  if (!known) return found;
  const [before, after] = [splitInstructions(known), splitInstructions(found)];
  const merged: Record<string, unknown> = mergeRatings(before.rating, after.rating);
  for (const field of new Set([...Object.keys(before.findings), ...Object.keys(after.findings)])) {
    const [one, other] = [before.findings[field as keyof Findings], after.findings[field as keyof Findings]];
    const chosen = one && other ? chooseFinding(one, other) : (one ?? other);
    if (chosen) merged[field] = chosen;
  }
  return withQuestions(merged as unknown as Instructions, findContradictions(known, found));
}

type Rating = ReturnType<typeof splitInstructions>['rating'];

function mergeRatings(one: Rating, other: Rating): Rating {
  const factors = [...new Set([...(one.complexityFactors ?? []), ...(other.complexityFactors ?? [])])];
  const complexity = Math.max(one.complexity, other.complexity);
  return { complexity, ...(factors.length > 0 && { complexityFactors: factors }) };
}

/** Fields that a customer can both key and say. Excludes times, which `reschedule` alone decides. */
const KEYED_FIELDS = ['present', 'safePlace', 'refused', 'optOut'] as const;
/** Minimum confidence, 0 to 1, at which words contradict keyed input. */
const MIN_CONTRADICTION_CONFIDENCE = 0.7;

/** Finds fields in which words contradict keyed input, in either order. */
function findContradictions(one: Instructions, other: Instructions): Question[] {
  return KEYED_FIELDS.flatMap((about) => {
    const findings = [one[about], other[about]].filter((finding) => finding !== undefined);
    const keyed = findings.find(({ source }) => source === 'keys');
    const words = findings.find(
      ({ source, confidence }) => source === 'analysis' && confidence >= MIN_CONTRADICTION_CONFIDENCE,
    );
    if (!keyed || !words || keyed.value === words.value) return [];
    return [{ about, said: words.evidence?.text ?? String(words.value) }];
  });
}

function withQuestions(merged: Instructions, newQuestions: readonly Question[]): Instructions {
  const { questions, ...rest } = merged;
  const all = [...(questions?.value ?? []), ...newQuestions];
  const unresolved = all.filter(
    ({ about }, index) => all.findIndex((one) => one.about === about) === index && !isResolved(merged, about),
  );
  return unresolved.length === 0
    ? rest
    : { ...rest, questions: { confidence: 1, source: 'analysis', value: unresolved } };
}

const isResolved = (merged: Instructions, about: string): boolean =>
  (merged[about as (typeof KEYED_FIELDS)[number]]?.source ?? 'person') === 'person';

function chooseFinding(before: Finding, after: Finding): Finding {
  if (isCertain(after.source)) return after;
  if (isCertain(before.source)) return before;
  return after.confidence >= before.confidence ? after : before;
}

/** Minimum confidence, 0 to 1, of words recognized during the call. Less certain ones are guesses. */
const MIN_SPEECH_CONFIDENCE = 0.5;

/** Drops the guesses made during the call. Call it once the whole recording is analyzed. */
export function withoutGuesses(known: Instructions | undefined): Instructions | undefined {
  if (!known) return undefined;
  const { rating, findings } = splitInstructions(known);
  const certainFindings = Object.entries(findings).filter(
    ([, finding]) => finding.source !== 'speech' || finding.confidence >= MIN_SPEECH_CONFIDENCE,
  );
  return { ...rating, ...Object.fromEntries(certainFindings) };
}

/** Drops the fields that a reviewer removed. */
export function withoutFields(known: Instructions | undefined, fields: readonly string[]): Instructions | undefined {
  if (!known) return undefined;
  const { rating, findings } = splitInstructions(known);
  return { ...rating, ...Object.fromEntries(Object.entries(findings).filter(([field]) => !fields.includes(field))) };
}

/** Drops the fields about times, which lose their meaning when the delivery gets another window. */
export function withoutTimes(known: Instructions): Instructions {
  const {
    present: _present,
    availability: _availability,
    unavailable: _unavailable,
    reschedule: _reschedule,
    ...rest
  } = known;
  return rest;
}
