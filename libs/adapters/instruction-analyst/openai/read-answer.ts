import { DateTime } from 'luxon';
import {
  toComplexityFactors,
  fold,
  spellsCode,
  type Evidence,
  type Found,
  type Instructions,
  type InstructionsContext,
} from '#libs/domain/instructions/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import type { AnalysisAnswer } from './answer-schema.js';

/** The result of `readAnswer`. */
export interface ReadAnswer {
  readonly instructions: Instructions;
  /** Claims without supporting words. They are omitted from the instructions. */
  readonly unfounded: readonly string[];
}

/** A statement of the model about the customer's words, with the words that support it. */
interface Claim {
  readonly quote: string;
  readonly confidence: number;
}

const QUARTER_HOUR_MS = 15 * 60_000;

/** Converts the model's answer into instructions. Accepts only claims that the customer's words support. */
export function readAnswer(answer: AnalysisAnswer, { text, zone }: InstructionsContext): ReadAnswer {
  const spacedText = toSpacedText(text);
  const unfounded: string[] = [];

  function toFound<T>(field: string, claim: Claim | null, value: T | null): Found<T> | null {
    if (claim === null) return null;
    const evidence = findEvidence(text, spacedText, claim.quote);
    if (evidence && value !== null) return { value, confidence: claim.confidence, evidence };
    unfounded.push(`${field} “${claim.quote.slice(0, 200)}”`);
    return null;
  }
  const toFindings = <C extends Claim, T>(
    field: string,
    claims: readonly C[],
    toValue: (claim: C) => T | null,
  ): Found<T>[] => claims.flatMap((claim) => toFound(field, claim, toValue(claim)) ?? []);
  const toFlag = (field: string, claim: Claim | null): Found<true> | null => toFound<true>(field, claim, true);

  const { safePlace: place, accessCode: code, recipient, reschedule } = answer;
  const safePlace = toFound('safePlace', place, place?.place ?? null);
  const newTime = reschedule?.to ? toInterval(reschedule.to, zone) : null;
  const findings = {
    language: answer.language,
    availability: toFindings('availability', answer.availability, (span) => toInterval(span, zone)),
    unavailable: toFindings('unavailable', answer.unavailable, (span) => toInterval(span, zone)),
    safePlace,
    safePlaceText: safePlace && { ...safePlace, value: safePlace.evidence.text },
    excludedPlaces: toFindings('excludedPlaces', answer.excludedPlaces, (claim) => claim.place),
    people: toFindings('people', answer.people, ({ name, unit, mayReceive, quote }) => ({
      who: quote,
      name,
      unit,
      mayReceive,
    })),
    conditions: toFindings('conditions', answer.conditions, (claim) => claim.quote),
    unclear: [],
    // An access code opens a door, so its characters must occur in the quoted words themselves.
    accessCode: toFound('accessCode', code, code && spellsCode(code.quote, code.code) ? code.code.toUpperCase() : null),
    recipient: toFound('recipient', recipient, recipient && { name: recipient.name, unit: recipient.unit }),
    reschedule: toFound('reschedule', reschedule, reschedule?.to && !newTime ? null : { to: newTime }),
    refused: toFlag('refused', answer.refused),
    optOut: toFlag('optOut', answer.optOut),
    callAhead: toFlag('callAhead', answer.callAhead),
    hazards: toFindings('hazards', answer.hazards, ({ hazard }) => hazard),
    handling: toFindings('handling', answer.handling, ({ handling }) => handling),
    needsHuman: toFlag('needsHuman', answer.needsHuman),
    sentiment: toFound('sentiment', answer.sentiment, answer.sentiment?.value ?? null),
    urgent: toFlag('urgent', answer.urgent),
  };
  const complexityFactors = toComplexityFactors(findings, fold(text));
  return { instructions: { ...findings, complexity: answer.complexity, complexityFactors }, unfounded };
}

/**
 * Finds a quote by its words only, because models copy punctuation unreliably. Returns the span of the original text.
 */
function findEvidence(text: string, { words, offsets }: SpacedText, quote: string): Evidence | null {
  const target = toSpacedText(quote).words.trim();
  if (target === '') return null;
  const index = ` ${words} `.indexOf(` ${target} `);
  if (index < 0) return null;
  const start = offsets[index] ?? 0;
  const end = (offsets[index + target.length - 1] ?? text.length - 1) + 1;
  return { start, end, text: text.slice(start, end) };
}

interface SpacedText {
  /** The text folded, with one space between words. */
  readonly words: string;
  /** Index in the original text of each character of `words`. */
  readonly offsets: readonly number[];
}

function toSpacedText(text: string): SpacedText {
  const folded = fold(text);
  let words = '';
  const offsets: number[] = [];
  for (const match of folded.matchAll(/[\p{L}\p{N}'#*]+/gu)) {
    if (words !== '') {
      words += ' ';
      offsets.push(match.index - 1);
    }
    words += match[0];
    for (let offset = 0; offset < match[0].length; offset += 1) offsets.push(match.index + offset);
  }
  return { words, offsets };
}

/**
 * Converts wall-clock times in the customer's zone into instants, rounded to 15 minutes. Null if the end is not after
 * the start.
 */
function toInterval({ start, end }: { readonly start: string; readonly end: string }, zone: string): Interval | null {
  const toRoundedMs = (local: string): number => {
    const at = DateTime.fromISO(local, { zone }).toMillis();
    return Math.round(at / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
  };
  const [from, to] = [toRoundedMs(start), toRoundedMs(end)];
  return from < to ? { start: new Date(from), end: new Date(to) } : null;
}
