import type { Found, Instructions, SafePlace } from '#libs/domain/instructions/model/types.js';
import { fold } from '#libs/domain/instructions/text/fold.js';
import { matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { REFUSAL_PHRASES } from './refusal.words.js';
import type { VoiceFlowContext, VoiceFlowState } from '../model/types.js';
import { analyze } from './recognize.js';
import { readPresence, type PresenceReading } from './read-presence.js';
import { toPlaceWords } from './second-person.js';

/** Everything that an answer may hold, however much of it was asked for. */
export interface WholeAnswer {
  readonly presence: PresenceReading | null;
  readonly place: Found<SafePlace> | null;
  /** The place with its preposition, as said to the customer; `null` if it cannot be said back. */
  readonly placeWords: string | null;
  /** The places that are ruled out. */
  readonly excluded: readonly Found<SafePlace>[];
  readonly excludedWords: string | null;
  readonly accessCode: Found<string> | null;
  /** Whether any place will do. */
  readonly isAnywhere: boolean;
  /** Whether the parcel may not be wanted. It has to be confirmed. */
  readonly isRefused: boolean;
  readonly reschedule: Found<unknown> | null;
  /** Whether the words hold more than a read-back repeats: a person, a warning, a condition, or what is not understood. */
  readonly hasMore: boolean;
}

/** A "no" that answers the question and does not belong to what follows: "no, leave it at the back", "no but …". */
const ANSWERING_NO =
  /^\s*(?:no|nope|nah)\b[\s,.]*(?:(?:but|pero)\b|(?=(?:please |just |you can |could you )?(?:leave|put|place|drop|give|hand|my|the|it)\b))/i;

/** Words that leave the place to the driver, folded. */
const ANYWHERE =
  /\b(?:anywhere|wherever|doesn't matter where|any place|up to (?:you|him|the driver)|donde (?:sea|quiera|pueda|guste|mejor)|en cualquier (?:lado|parte|lugar))\b/;

/** Reads an answer as a whole. */
export function readAnswer(text: string, state: VoiceFlowState, context: VoiceFlowContext): WholeAnswer {
  const whole = analyze(text.replace(ANSWERING_NO, ''), 'open', state, context);
  const aboutPresence = analyze(text, 'availability', state, context);
  const place = whole.safePlace;
  const folded = fold(text)
    .replace(/[.\s]+/g, ' ')
    .trim();
  const isAnywhere = place === null && ANYWHERE.test(folded);
  // "You can leave it anywhere" does not say who will be there.
  const isPresenceSaid = !isAnywhere || matchYesNo(text, state.language) !== null;
  const presence = isPresenceSaid ? readPresence(text, state, context, { ...aboutPresence, safePlace: place }) : null;
  const placeWords = place && toPlaceWords(place.evidence.text, isPersonPlace(place.value), state.language);
  const [excluded] = whole.excludedPlaces;
  const excludedWords = excluded && toPlaceWords(excluded.evidence.text, isPersonPlace(excluded.value), state.language);
  const isExcludedUnsaid = whole.excludedPlaces.length > (excludedWords ? 1 : 0);
  const isPlaceUnsaid =
    place !== null && placeWords === null && (!hasKey(place.value) || /\d/.test(place.evidence.text));
  return {
    presence,
    place,
    placeWords,
    excluded: whole.excludedPlaces,
    excludedWords: excludedWords ?? null,
    accessCode: whole.accessCode,
    isAnywhere,
    // "Not certain" denies nothing.
    isRefused: REFUSAL_PHRASES.test(folded) || (whole.refused !== null && presence !== 'undecided'),
    reschedule: whole.reschedule,
    hasMore: isExcludedUnsaid || isPlaceUnsaid || isAnywhere || holdsMore(whole, presence),
  };
}

/** Whether an answer says how to hand over the parcel. */
export const isAboutHandover = ({ place, excluded, accessCode, hasMore }: WholeAnswer): boolean =>
  place !== null || excluded.length > 0 || accessCode !== null || hasMore;

const isPersonPlace = (place: SafePlace): boolean => place === 'neighbour' || place === 'concierge';

/** The places that have a key, and therefore a wording of their own. */
const hasKey = (place: SafePlace): boolean => place === 'front_door' || place === 'neighbour';

function holdsMore(found: Instructions, presence: PresenceReading | null): boolean {
  const isPersonSaid = presence !== null && presence !== 'undecided' && presence.person !== undefined;
  const people = found.people.filter(({ value, evidence }) => {
    const isInPlace = found.safePlace?.evidence.text.includes(evidence.text) ?? false;
    return !(value.mayReceive && (isInPlace || isPersonSaid));
  });
  const unclear = found.unclear.filter(({ about }) => about !== 'availability');
  return [people, unclear, found.conditions, found.hazards, found.handling, found.callAhead ? [1] : []].some(
    (findings) => findings.length > 0,
  );
}
