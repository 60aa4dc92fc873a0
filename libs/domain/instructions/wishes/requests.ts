import { findValue, type Phrase } from '../text/find-phrase.js';
import type { Evidence, Found, Handling, Hazard } from '../model/types.js';
import { HANDLING_PHRASES } from './handling.words.js';
import { HAZARD_PHRASES } from './hazards.words.js';
import { CALL_AHEAD, NEEDS_PERSON, REFUSED } from './requests.words.js';

/** Minimum confidence of an explicit request. A request that only follows from other words has less. */
const EXPLICIT = 0.8;

/** Explicit requests and warnings. */
export interface Requests {
  readonly refused: Found<true> | null;
  readonly callAhead: Found<true> | null;
  readonly needsHuman: Found<true> | null;
  readonly hazards: readonly Found<Hazard>[];
  readonly handling: readonly Found<Handling>[];
}

export function findRequests(text: string, folded: string): Requests {
  const found = <T>(value: T, phrases: readonly Phrase[], allowNegated = false): Found<T>[] => {
    const match = findValue(text, folded, value, phrases, allowNegated);
    return match ? [match] : [];
  };
  const handling = HANDLING_PHRASES.flatMap(({ handling: value, phrases, allowNegated }) =>
    found(value, phrases, allowNegated),
  );
  return {
    refused: findValue<true>(text, folded, true, REFUSED, true),
    callAhead: findValue<true>(text, folded, true, CALL_AHEAD),
    needsHuman: findValue<true>(text, folded, true, NEEDS_PERSON),
    hazards: HAZARD_PHRASES.flatMap(([hazard, phrases]) => found(hazard, phrases)),
    handling: withoutForbidden(handling, text),
  };
}

/**
 * Drops "ring the bell" from a sentence that says not to ring. The word was misheard or means another time, and to
 * disturb the customer is the greater harm.
 */
function withoutForbidden(handling: readonly Found<Handling>[], text: string): readonly Found<Handling>[] {
  const forbidden = handling.find(({ value }) => value === 'do_not_ring');
  if (!forbidden || forbidden.confidence < EXPLICIT) return handling;
  return handling.filter(
    ({ value, evidence }) =>
      value !== 'ring_bell' || toSentenceIndex(text, evidence) !== toSentenceIndex(text, forbidden.evidence),
  );
}

/** Index of the sentence in which an evidence begins. */
const toSentenceIndex = (text: string, { start }: Evidence): number =>
  text.slice(0, start).match(/[.!?](\s|$)/g)?.length ?? 0;
