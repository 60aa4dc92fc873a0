import { isCertain, type Instructions } from '#libs/contracts/index.js';

type Finding = Extract<Instructions[Exclude<keyof Instructions, 'complexity'>], object>;

/**
 * What the customer wants, from what was known and what is newly found, field by field. A key pressed, and what a person
 * made of it, are not contradicted by what is understood of words; else the surer finding counts, and of equals the newer,
 * which has seen more.
 */
export function mergeInstructions(known: Instructions | undefined, found: Instructions): Instructions {
  if (!known) return found;
  const merged: Record<string, unknown> = { complexity: Math.max(known.complexity, found.complexity) };
  const fields = new Set([...Object.keys(known), ...Object.keys(found)].filter((field) => field !== 'complexity'));
  for (const field of fields) {
    const before = known[field as keyof Instructions] as Finding | undefined;
    const after = found[field as keyof Instructions] as Finding | undefined;
    const chosen = before && after ? surer(before, after) : (before ?? after);
    if (chosen) merged[field] = chosen;
  }
  return merged as unknown as Instructions;
}

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
  const { complexity, ...findings } = known;
  const sure = Object.entries(findings).filter(
    ([, finding]) => finding.source !== 'speech' || finding.confidence >= GUESS,
  );
  return { complexity, ...Object.fromEntries(sure) };
}

/** What is left once a person said that the customer said nothing of these. */
export function withoutFields(known: Instructions | undefined, fields: readonly string[]): Instructions | undefined {
  if (!known) return undefined;
  const { complexity, ...findings } = known;
  return { complexity, ...Object.fromEntries(Object.entries(findings).filter(([field]) => !fields.includes(field))) };
}

/** What stays true when the delivery gets another window: how to deliver, not when. */
export function withoutTimes(known: Instructions): Instructions {
  const { present: _there, availability: _free, unavailable: _away, reschedule: _moved, ...rest } = known;
  return rest;
}
