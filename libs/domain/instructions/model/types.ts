import type { Language } from '#libs/domain/language/language.values.js';
import type { ComplexityFactor, Handling, Hazard, SafePlace, Sentiment } from './instruction.values.js';
import type { Interval } from '#libs/domain/time/index.js';

/** Position of a finding in the transcript: `text.slice(start, end)`, in UTF-16 code units. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A value with the words that support it. `confidence` is 0–1. A value without supporting words is not reported. */
export interface Found<T> {
  readonly value: T;
  readonly confidence: number;
  readonly evidence: Evidence;
}

export * from './instruction.values.js';

/** Language and region of the customer's words, which decide how dates and times are read. */
export const INSTRUCTION_LOCALES = ['en-US', 'en-GB', 'en-IN', 'en-AU', 'es-US', 'es-MX'] as const;
export type InstructionLocale = (typeof INSTRUCTION_LOCALES)[number];

/** 1: at most one fact. 2: two facts or a code. 3: three facts or a condition. 4: four or five facts. 5: more. */
export type Complexity = 1 | 2 | 3 | 4 | 5;

/** A person who takes the parcel, by name, door or both. */
export interface Recipient {
  readonly name: string | null;
  /** Flat, apartment or house number. */
  readonly unit: string | null;
}

/** A person other than the customer who, in the customer's words, takes the parcel or must not get it. */
export interface Person extends Recipient {
  /** The customer's words for the person. */
  readonly who: string;
  readonly mayReceive: boolean;
}

/** The question that the customer answered. */
export type InstructionQuestion = 'availability' | 'instructions' | 'open';

/** The words to analyze, and what they are relative to. */
export interface InstructionsContext {
  /** The customer's words as a speech recognizer writes them. */
  readonly text: string;
  readonly locale: InstructionLocale;
  /** The IANA time zone of the customer's times. */
  readonly zone: string;
  /** When the customer spoke. */
  readonly now: Date;
  /** The delivery's planned window. */
  readonly planned: Interval;
  readonly question: InstructionQuestion;
}

/** The customer's instructions, extracted from words. A field is `null` or `[]` if the words do not mention it. */
export interface Instructions {
  readonly language: Language;
  /** When someone will be at the address, rounded to a quarter of an hour. */
  readonly availability: readonly Found<Interval>[];
  /** When no one will be at the address. */
  readonly unavailable: readonly Found<Interval>[];
  readonly safePlace: Found<SafePlace> | null;
  /** The customer's own words for the safe place. */
  readonly safePlaceText: Found<string> | null;
  /** Places where the parcel must not be left. */
  readonly excludedPlaces: readonly Found<SafePlace>[];
  /** The code that opens a door or gate, as keyed: digits, `*`, `#`, upper-case letters. */
  readonly accessCode: Found<string> | null;
  /** Another person who takes the parcel. */
  readonly recipient: Found<Recipient> | null;
  /** All people who, in the customer's words, take the parcel or must not get it. */
  readonly people: readonly Found<Person>[];
  /** The words of each condition, such as "unless it rains". */
  readonly conditions: readonly Found<string>[];
  /** The customer wants another day or time; `to` is `null` where none was named. */
  readonly reschedule: Found<{ readonly to: Interval | null }> | null;
  readonly refused: Found<true> | null;
  /** The customer wants no further calls or messages. */
  readonly optOut: Found<true> | null;
  /** The customer wants a call before arrival. */
  readonly callAhead: Found<true> | null;
  readonly hazards: readonly Found<Hazard>[];
  readonly handling: readonly Found<Handling>[];
  readonly complexity: Complexity;
  readonly complexityFactors: readonly ComplexityFactor[];
  readonly sentiment: Found<Sentiment> | null;
  /** The customer says that the delivery is urgent. */
  readonly urgent: Found<true> | null;
  /** A person should read the text: it shows distress, asks for a person, contradicts itself, or makes no sense. */
  readonly needsHuman: Found<true> | null;
  /** Relevant words that were not understood. Nothing is derived from them, and a person has to ask the customer. */
  readonly unclear: readonly Unclear[];
}

/** A field of the instructions that words may be about. */
export type UnclearField = 'availability' | 'safePlace' | 'accessCode' | 'recipient' | 'words';

/** Words that were not understood, and the field that they are about. */
export interface Unclear {
  readonly about: UnclearField;
  readonly evidence: Evidence;
}
