import type { Language } from '#libs/domain/language/language.values.js';
import { rateComplexity, type Findings } from './complexity.js';
import { findAccessCode } from './findings/find-access-code.js';
import { findPeople, findRecipient } from './findings/find-people.js';
import { findExcludedPlaces, findPlace } from './findings/find-place.js';
import { findPresence } from './findings/find-presence.js';
import { findReschedule } from './findings/find-reschedule.js';
import { WordsRead } from './findings/words-read.js';
import type { Found, Handling, Hazard, Instructions, InstructionsContext } from './model/types.js';
import type { Intent } from './reading/labels.js';
import { readText } from './reading/reader.js';
import type { ReaderModel } from './reading/reader-model.js';
import { fold } from './text/fold.js';
import { toEvidence } from './text/find-phrase.js';
import { ENGLISH, SPANISH } from './text/languages.words.js';
import { composeTimes } from './times/compose-times.js';
import { findSentiment, findUrgency } from './wishes/mood.js';
import { blankPromptInjections } from './wishes/prompt-injection.js';

/**
 * Extracts instructions from a customer's words. A trained reader tells what the words mean: what the customer wants,
 * and which words are times, places, codes and people, and in which role. Grammars then read those words exactly. Where
 * the two disagree, or a word of a time or code is not understood, nothing is derived and the words are `unclear`.
 *
 * The time is linear in the length of the text that is read, which is bounded.
 */
export function analyzeInstructions(context: InstructionsContext, model: ReaderModel): Instructions {
  const { text, folded } = blankPromptInjections(context.text, fold(context.text));
  const read = new WordsRead(readText(model, text, context.question), { ...context, text }, folded);
  const times = composeTimes(read.reading, read.context);
  for (const { start, end } of times.unread) read.noteUnclear('availability', toEvidence(text, start, end));
  if (read.reading.isCut) read.noteUnclear('words', toEvidence(text, read.reading.end, text.length));
  const people = findPeople(read);
  const recipient = findRecipient(people);
  const safePlace = findPlace(read, recipient?.value ?? null);
  const found: Findings = {
    language: detectLanguage(folded, context),
    ...findPresence(read, times),
    safePlace,
    safePlaceText: safePlace && { ...safePlace, value: safePlace.evidence.text },
    excludedPlaces: findExcludedPlaces(read),
    accessCode: findAccessCode(read),
    recipient,
    people,
    conditions: read.findSpans('cond').map((span) => {
      const evidence = read.toEvidence(span);
      return { value: evidence.text, confidence: span.confidence, evidence };
    }),
    reschedule: findReschedule(read, times),
    refused: findRefusal(read, folded),
    optOut: findOptOut(read),
    callAhead: NOT_AHEAD.test(folded) ? null : read.findIntent('call_ahead'),
    hazards: toList(read, HAZARDS).filter(() => !NO_HAZARD.test(folded)),
    handling: withoutContradiction(read, toList(read, HANDLINGS)),
    needsHuman: read.findIntent('human') ?? read.findIntent('wrong_person'),
    sentiment: findSentiment(text, folded),
    urgent: findUrgency(text, folded),
    unclear: read.unclear,
  };
  return { ...found, unclear: read.unclear, ...rateComplexity(found, folded) };
}

/** Words by which a delivery is wished differently, not refused: "not without a signature", "back to the front desk". */
const NOT_A_REFUSAL =
  /\b(?:without|unless|sin que|sin firma|sin llamar|sin avisar|a menos que)\b|\bback to (?:the|my) (?!sender|shop|store|seller|warehouse|company|depot)/;

/** Likelihoods, 0–1: an opt-out below the first counts unless another wish is as likely as the second. */
const PLAIN_OPT_OUT = 0.5;
const PLAIN_OTHER_WISH = 0.6;
const SURE_OPT_OUT = 0.95;

/** Whether no further contact is wanted. "I want a person and not a robot" is about something else. */
function findOptOut(read: WordsRead): Found<true> | null {
  const { opt_out: optOut, human, reschedule, home } = read.reading.intents;
  const isOtherWish = Math.max(human, reschedule, home) >= PLAIN_OTHER_WISH;
  const isAboutContact = read.hasWordOf('call', 'stop', 'not');
  return !isAboutContact ||
    (optOut < SURE_OPT_OUT && ONLY_THERE.test(read.folded)) ||
    (optOut < PLAIN_OPT_OUT && isOtherWish)
    ? null
    : read.findIntent('opt_out');
}

/** Contact that is not wanted, or wanted only at the door or in need, is not contact before arrival. */
const NOT_AHEAD =
  /\b(?:don't|do not|never|no (?:me )?)(?:call|ring|phone|text|llam\w+|marqu\w+)\b|\b(?:when|once) (?:you are|you're|your|u r|ur) (?:at|outside|here|standing|in front)|\bcuando (?:ya )?(?:este|estes|esten)\b|\bif you (?:can't|cannot|don't) find\b/;
/** A wish about where or when to be called is no wish to be left alone. */
const ONLY_THERE =
  /\b(?:don't|do not|no me) (?:call|llamen|llame|marquen) (?:me )?(?:at|on|before|after|my|al|a la|antes|despues)\b/;

/** Whether the parcel is not wanted at all. Words that neither want, send nor deny anything refuse nothing. */
function findRefusal(read: WordsRead, folded: string): Found<true> | null {
  const isAboutParcel = read.hasWordOf('refuse', 'not', 'stop', 'take', 'wrong');
  return !isAboutParcel || read.has('keep') || NOT_A_REFUSAL.test(folded) ? null : read.findIntent('refuse');
}

/** "There is no dog." */
const NO_HAZARD =
  /\b(?:no|not any|without|sin|no hay|no tengo|no tenemos) (?:dogs?|perros?|stairs|steps|escaleras?|escalones|ice|hielo)\b/;
/** "Don't leave without ringing" asks for the bell. */
const NOT_WITHOUT_RINGING = /\b(?:without|sin) (?:ring|knock|toc|timbr)/;

/** To ring and not to ring: the likelier of the two. */
function withoutContradiction({ reading }: WordsRead, found: readonly Found<Handling>[]): readonly Found<Handling>[] {
  const { ring, no_ring: noRing } = reading.intents;
  const hasBoth = ['ring_bell', 'do_not_ring'].every((value) => found.some((one) => one.value === value));
  if (!hasBoth) return found;
  const wrong =
    ring >= noRing || NOT_WITHOUT_RINGING.test(reading.tokens.map(({ text }) => text).join(' '))
      ? 'do_not_ring'
      : 'ring_bell';
  return found.filter(({ value }) => value !== wrong);
}

const HAZARDS: readonly (readonly [Intent, Hazard])[] = [
  ['dog', 'dog'],
  ['ice', 'ice'],
  ['stairs', 'stairs'],
  ['gate', 'gate'],
  ['hazard', 'other'],
];
const HANDLINGS: readonly (readonly [Intent, Handling])[] = [
  ['fragile', 'fragile'],
  ['signature', 'signature'],
  ['attended', 'leave_unattended_forbidden'],
  ['ring', 'ring_bell'],
  ['no_ring', 'do_not_ring'],
  ['handling', 'other'],
];

function toList<T>(read: WordsRead, values: readonly (readonly [Intent, T])[]): Found<T>[] {
  return values.flatMap(([intent, value]) => {
    const found = read.findIntent(intent);
    return found ? [{ ...found, value }] : [];
  });
}

/**
 * Detects the language by counting English and Spanish words, because the customer may not speak the language of the
 * locale. A tie gives the language of the locale.
 */
function detectLanguage(folded: string, { locale }: InstructionsContext): Language {
  const spanish = folded.match(SPANISH)?.length ?? 0;
  const english = folded.match(ENGLISH)?.length ?? 0;
  if (spanish === english) return locale.startsWith('es') ? 'es' : 'en';
  return spanish > english ? 'es' : 'en';
}
