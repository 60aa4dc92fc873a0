import { isCertain, splitInstructions, type Instructions, type Question } from '#libs/contracts/index.js';

type Findings = ReturnType<typeof splitInstructions>['findings'];
type Finding = NonNullable<Findings[keyof Findings]>;

/**
 * What the customer wants, from what was known and what is newly found, field by field. A key pressed, and what a person
 * made of it, are not contradicted by what is understood of words; else the surer finding counts, and of equals the newer,
 * which has seen more. Where words say something else than a key, the key counts and a question is left for a person.
 */
export function mergeInstructions(known: Instructions | undefined, found: Instructions): Instructions {
  if (!known) return found;
  const [before, after] = [splitInstructions(known), splitInstructions(found)];
  const merged: Record<string, unknown> = ratingOfBoth(before.rating, after.rating);
  for (const field of new Set([...Object.keys(before.findings), ...Object.keys(after.findings)])) {
    const [one, other] = [before.findings[field as keyof Findings], after.findings[field as keyof Findings]];
    const chosen = one && other ? surer(one, other) : (one ?? other);
    if (chosen) merged[field] = chosen;
  }
  return withQuestions(merged as unknown as Instructions, contradictions(known, found));
}

type Rating = ReturnType<typeof splitInstructions>['rating'];

function ratingOfBoth(one: Rating, other: Rating): Rating {
  const factors = [...new Set([...(one.complexityFactors ?? []), ...(other.complexityFactors ?? [])])];
  const complexity = Math.max(one.complexity, other.complexity);
  return { complexity, ...(factors.length > 0 && { complexityFactors: factors }) };
}

/** Fields of which a customer can say one thing and key another. When a delivery comes instead is for `reschedule` alone. */
const ASKED_BY_KEY = ['present', 'safePlace', 'refused', 'optOut'] as const;
/** Words that are less sure than this contradict nothing. */
const SURE_WORDS = 0.7;

/** What was said that does not fit what was keyed, whichever of both came first. */
function contradictions(one: Instructions, other: Instructions): Question[] {
  return ASKED_BY_KEY.flatMap((about) => {
    const findings = [one[about], other[about]].filter((finding) => finding !== undefined);
    const keyed = findings.find(({ source }) => source === 'keys');
    const words = findings.find(({ source, confidence }) => source === 'analysis' && confidence >= SURE_WORDS);
    if (!keyed || !words || keyed.value === words.value) return [];
    return [{ about, said: words.evidence?.text ?? String(words.value) }];
  });
}

function withQuestions(merged: Instructions, asked: readonly Question[]): Instructions {
  const { questions, ...rest } = merged;
  const all = [...(questions?.value ?? []), ...asked];
  const open = all.filter(
    ({ about }, index) => all.findIndex((one) => one.about === about) === index && !isClearedUp(merged, about),
  );
  return open.length === 0 ? rest : { ...rest, questions: { confidence: 1, source: 'analysis', value: open } };
}

const isClearedUp = (merged: Instructions, about: string): boolean =>
  (merged[about as (typeof ASKED_BY_KEY)[number]]?.source ?? 'person') === 'person';

function surer(before: Finding, after: Finding): Finding {
  if (isCertain(after.source)) return after;
  if (isCertain(before.source)) return before;
  return after.confidence >= before.confidence ? after : before;
}

/** Below this, words heard during the call are a guess that waits for the analysis of the recording. */
const GUESS = 0.5;

/** What the call itself made sure of; the guesses go once the whole recording has been understood. */
export function withoutGuesses(known: Instructions | undefined): Instructions | undefined {
  if (!known) return undefined;
  const { rating, findings } = splitInstructions(known);
  const sure = Object.entries(findings).filter(
    ([, finding]) => finding.source !== 'speech' || finding.confidence >= GUESS,
  );
  return { ...rating, ...Object.fromEntries(sure) };
}

/** What is left once a person said that the customer said nothing of these. */
export function withoutFields(known: Instructions | undefined, fields: readonly string[]): Instructions | undefined {
  if (!known) return undefined;
  const { rating, findings } = splitInstructions(known);
  return { ...rating, ...Object.fromEntries(Object.entries(findings).filter(([field]) => !fields.includes(field))) };
}

/** What stays true when the delivery gets another window: how to deliver, not when. */
export function withoutTimes(known: Instructions): Instructions {
  const { present: _there, availability: _free, unavailable: _away, reschedule: _moved, ...rest } = known;
  return rest;
}
