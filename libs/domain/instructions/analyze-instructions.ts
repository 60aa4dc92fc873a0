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
import { blankPromptInjections } from './wishes/prompt-injection.js';
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
  const { text, folded } = blankPromptInjections(original, fold(original));
  const cleanedContext = { ...context, text };
  const times = findAvailability(cleanedContext, folded);
  const placeMatch = matchSafePlace(text);
  const requests = findRequests(text, folded);
  const optOut = matchOptOut(folded);
  const reschedule = findReschedule(cleanedContext, folded, times.unavailable);
  const evidence = placeMatch && toEvidence(text, placeMatch.start, placeMatch.end);
  const safePlace: Found<SafePlace> | null = placeMatch &&
    evidence && { value: placeMatch.place, confidence: placeMatch.confidence, evidence };
  const found: Findings = {
    language: detectLanguage(fold(original), context),
    ...times,
    safePlace,
    safePlaceText: safePlace && findClauseOfPlace(safePlace, text, folded),
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

/** Returns the whole clause that names the safe place, such as "behind the big planter left of the door". */
function findClauseOfPlace({ confidence, evidence }: Found<SafePlace>, text: string, folded: string): Found<string> {
  const clause = splitClauses(text, folded).find(({ start, end }) => start <= evidence.start && evidence.start < end);
  const words = text.slice(clause?.start ?? evidence.start, Math.max(clause?.end ?? 0, evidence.end));
  const start = (clause?.start ?? evidence.start) + (words.length - words.trimStart().length);
  const clauseEvidence = toEvidence(text, start, start + words.trim().length);
  return { value: clauseEvidence.text, confidence, evidence: clauseEvidence };
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
