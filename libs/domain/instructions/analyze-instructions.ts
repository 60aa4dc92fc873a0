import type { Language } from '#libs/domain/language/language.values.js';
import { findAccessCode } from './codes/access-code.js';
import { findAvailability } from './wishes/availability.js';
import { splitClauses } from './text/clauses.js';
import { rateComplexity, type Findings } from './complexity.js';
import { toEvidence } from './text/find-phrase.js';
import { fold } from './text/fold.js';
import { ENGLISH, SPANISH } from './text/languages.words.js';
import { findSentiment, findUrgency } from './wishes/mood.js';
import { matchOptOut } from './wishes/opt-out.js';
import { withoutOrders } from './wishes/orders-to-systems.js';
import { findRecipient } from './wishes/recipient.js';
import { findRequests } from './wishes/requests.js';
import { findReschedule } from './wishes/reschedule.js';
import { matchSafePlace } from './wishes/safe-place.js';
import type { Found, Instructions, InstructionsContext, SafePlace } from './model/types.js';

/**
 * Extracts instructions from a customer's words with a grammar. Reports only what occurs in the text, with the words as
 * evidence, and abstains where the words are unclear. Takes about 1 ms for a spoken answer; the time is linear in the
 * length of the text.
 */
export function analyzeInstructions(context: InstructionsContext): Instructions {
  const { text: original } = context;
  const { text, folded } = withoutOrders(original, fold(original));
  const spoken = { ...context, text };
  const times = findAvailability(spoken, folded);
  const place = matchSafePlace(text);
  const requests = findRequests(text, folded);
  const optOut = matchOptOut(folded);
  const reschedule = findReschedule(spoken, folded, times.unavailable);
  const evidence = place && toEvidence(text, place.start, place.end);
  const safePlace: Found<SafePlace> | null = place &&
    evidence && { value: place.place, confidence: place.confidence, evidence };
  const found: Findings = {
    language: detectLanguage(fold(original), context),
    ...times,
    safePlace,
    safePlaceText: safePlace && wordsAround(safePlace, text, folded),
    accessCode: findAccessCode(text),
    recipient: findRecipient(text),
    reschedule: requests.refused ? null : reschedule,
    refused: requests.refused,
    optOut: optOut && { value: true, confidence: 0.93, evidence: toEvidence(text, optOut.start, optOut.end) },
    callAhead: requests.callAhead,
    hazards: requests.hazards,
    handling: requests.handling,
    needsHuman: requests.needsHuman,
    sentiment: findSentiment(text, folded),
    urgent: findUrgency(text, folded),
  };
  return { ...found, ...rateComplexity(found, folded) };
}

/** The whole clause that names the place: "behind the big planter left of the door". */
function wordsAround({ confidence, evidence }: Found<SafePlace>, text: string, folded: string): Found<string> {
  const clause = splitClauses(text, folded).find(({ start, end }) => start <= evidence.start && evidence.start < end);
  const words = text.slice(clause?.start ?? evidence.start, Math.max(clause?.end ?? 0, evidence.end));
  const start = (clause?.start ?? evidence.start) + (words.length - words.trimStart().length);
  const place = toEvidence(text, start, start + words.trim().length);
  return { value: place.text, confidence, evidence: place };
}

/** The language of the text. The locale is on the customer's record, but the customer may speak the other language. */
function detectLanguage(folded: string, { locale }: InstructionsContext): Language {
  const spanish = folded.match(SPANISH)?.length ?? 0;
  const english = folded.match(ENGLISH)?.length ?? 0;
  if (spanish === english) return locale.startsWith('es') ? 'es' : 'en';
  return spanish > english ? 'es' : 'en';
}
