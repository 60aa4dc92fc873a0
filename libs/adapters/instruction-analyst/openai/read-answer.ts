import { DateTime } from 'luxon';
import {
  complexityFactorsOf,
  fold,
  spellsCode,
  type Evidence,
  type Found,
  type Instructions,
  type InstructionsContext,
} from '#libs/domain/instructions/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import type { AnalysisAnswer } from './answer-schema.js';

export interface ReadAnswer {
  readonly instructions: Instructions;
  /** Claims without words to rest on: left out of the instructions. */
  readonly unfounded: readonly string[];
}

interface Claim {
  readonly quote: string;
  readonly confidence: number;
}

const QUARTER_MS = 15 * 60_000;

/** The model's form as instructions. Only what the customer's words hold is taken, whatever the model says. */
export function readAnswer(answer: AnalysisAnswer, { text, zone }: InstructionsContext): ReadAnswer {
  const folded = spaced(text);
  const unfounded: string[] = [];

  function found<T>(field: string, claim: Claim | null, value: T | null): Found<T> | null {
    if (claim === null) return null;
    const evidence = evidenceOf(text, folded, claim.quote);
    if (evidence && value !== null) return { value, confidence: claim.confidence, evidence };
    unfounded.push(`${field} “${claim.quote.slice(0, 200)}”`);
    return null;
  }
  const each = <C extends Claim, T>(field: string, claims: readonly C[], value: (claim: C) => T | null): Found<T>[] =>
    claims.flatMap((claim) => found(field, claim, value(claim)) ?? []);
  const flag = (field: string, claim: Claim | null): Found<true> | null => found<true>(field, claim, true);

  const { safePlace: place, accessCode: code, recipient, reschedule } = answer;
  const safePlace = found('safePlace', place, place?.place ?? null);
  const moved = reschedule?.to ? intervalOf(reschedule.to, zone) : null;
  const findings = {
    language: answer.language,
    availability: each('availability', answer.availability, (span) => intervalOf(span, zone)),
    unavailable: each('unavailable', answer.unavailable, (span) => intervalOf(span, zone)),
    safePlace,
    safePlaceText: safePlace && { ...safePlace, value: safePlace.evidence.text },
    // The one claim that opens a door: its characters must stand in the quoted words themselves.
    accessCode: found('accessCode', code, code && spellsCode(code.quote, code.code) ? code.code.toUpperCase() : null),
    recipient: found('recipient', recipient, recipient && { name: recipient.name, unit: recipient.unit }),
    reschedule: found('reschedule', reschedule, reschedule?.to && !moved ? null : { to: moved }),
    refused: flag('refused', answer.refused),
    optOut: flag('optOut', answer.optOut),
    callAhead: flag('callAhead', answer.callAhead),
    hazards: each('hazards', answer.hazards, ({ hazard }) => hazard),
    handling: each('handling', answer.handling, ({ handling }) => handling),
    needsHuman: flag('needsHuman', answer.needsHuman),
    sentiment: found('sentiment', answer.sentiment, answer.sentiment?.value ?? null),
    urgent: flag('urgent', answer.urgent),
  };
  const complexityFactors = complexityFactorsOf(findings, fold(text));
  return { instructions: { ...findings, complexity: answer.complexity, complexityFactors }, unfounded };
}

/** Models copy words well and punctuation badly: found by words alone, and told as it stands in the text. */
function evidenceOf(text: string, { words, at }: SpacedText, quote: string): Evidence | null {
  const sought = spaced(quote).words.trim();
  if (sought === '') return null;
  const index = ` ${words} `.indexOf(` ${sought} `);
  if (index < 0) return null;
  const start = at[index] ?? 0;
  const end = (at[index + sought.length - 1] ?? text.length - 1) + 1;
  return { start, end, text: text.slice(start, end) };
}

interface SpacedText {
  /** Folded, with one space between words. */
  readonly words: string;
  /** Where each of its characters stands in the original. */
  readonly at: readonly number[];
}

function spaced(text: string): SpacedText {
  const folded = fold(text);
  let words = '';
  const at: number[] = [];
  for (const match of folded.matchAll(/[\p{L}\p{N}'#*]+/gu)) {
    if (words !== '') {
      words += ' ';
      at.push(match.index - 1);
    }
    words += match[0];
    for (let offset = 0; offset < match[0].length; offset += 1) at.push(match.index + offset);
  }
  return { words, at };
}

/** Wall-clock times in the customer's zone, as instants to the quarter of an hour. Null where the end is not after the start. */
function intervalOf({ start, end }: { readonly start: string; readonly end: string }, zone: string): Interval | null {
  const instant = (local: string): number => {
    const at = DateTime.fromISO(local, { zone }).toMillis();
    return Math.round(at / QUARTER_MS) * QUARTER_MS;
  };
  const [from, to] = [instant(start), instant(end)];
  return from < to ? { start: new Date(from), end: new Date(to) } : null;
}
