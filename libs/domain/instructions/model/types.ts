import type { Language } from '#libs/domain/language/language.values.js';
import type { ComplexityFactor, Handling, Hazard, SafePlace, Sentiment } from './instruction.values.js';
import type { Interval } from '#libs/domain/time/index.js';

/** Where in the transcript a finding stands: `text.slice(start, end)`, in UTF-16 code units. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A finding with the words it rests on. `confidence` is 0–1; what has no words to rest on is not found. */
export interface Found<T> {
  readonly value: T;
  readonly confidence: number;
  readonly evidence: Evidence;
}

export * from './instruction.values.js';

export const INSTRUCTION_LOCALES = ['en-US', 'en-GB', 'en-IN', 'en-AU', 'es-US', 'es-MX'] as const;
export type InstructionLocale = (typeof INSTRUCTION_LOCALES)[number];

/** 1 one plain fact or none, 2 two facts or a code, 3 three facts or a condition, 4 four or five, 5 more. */
export type Complexity = 1 | 2 | 3 | 4 | 5;

export interface Recipient {
  readonly name: string | null;
  /** Flat, apartment or house number. */
  readonly unit: string | null;
}

/** What the customer was asked when they said it. */
export type InstructionQuestion = 'availability' | 'instructions' | 'open';

export interface InstructionsContext {
  /** The customer's words as a recogniser writes them. */
  readonly text: string;
  readonly locale: InstructionLocale;
  /** The IANA zone in which the customer's times are meant. */
  readonly zone: string;
  /** When it was said. */
  readonly now: Date;
  /** The delivery's planned window. */
  readonly planned: Interval;
  readonly question: InstructionQuestion;
}

/** What an agent must know, taken from a customer's words. `null` or `[]` where the words say nothing. */
export interface Instructions {
  readonly language: Language;
  /** When somebody will be there, to the quarter of an hour. */
  readonly availability: readonly Found<Interval>[];
  /** When nobody will. */
  readonly unavailable: readonly Found<Interval>[];
  readonly safePlace: Found<SafePlace> | null;
  /** The customer's own words for the safe place. */
  readonly safePlaceText: Found<string> | null;
  /** What opens something, as keyed: digits, `*`, `#`, upper-case letters. */
  readonly accessCode: Found<string> | null;
  /** Another person who takes the parcel. */
  readonly recipient: Found<Recipient> | null;
  /** Another day or time is wished; `to` is `null` where none was said. */
  readonly reschedule: Found<{ readonly to: Interval | null }> | null;
  readonly refused: Found<true> | null;
  /** No further calls or messages are wished. */
  readonly optOut: Found<true> | null;
  /** A call before arrival is wished. */
  readonly callAhead: Found<true> | null;
  readonly hazards: readonly Found<Hazard>[];
  readonly handling: readonly Found<Handling>[];
  readonly complexity: Complexity;
  readonly complexityFactors: readonly ComplexityFactor[];
  readonly sentiment: Found<Sentiment> | null;
  /** It cannot wait. */
  readonly urgent: Found<true> | null;
  /** A person should look: distress, a wish to speak to somebody, a contradiction, or words that carry no sense. */
  readonly needsHuman: Found<true> | null;
}
