import type { Language } from '#libs/domain/language/language.values.js';
import { rateComplexity, type Findings } from './complexity.js';
import { findAccessCode } from './findings/find-access-code.js';
import { findPeople, findRecipient } from './findings/find-people.js';
import { findExcludedPlaces, findPlace } from './findings/find-place.js';
import { findPresence } from './findings/find-presence.js';
import { findReschedule } from './findings/find-reschedule.js';
import { findCallAhead, findNeedForHuman, findOptOut, findRefusal } from './findings/find-wishes.js';
import { findHandling, findHazards } from './findings/find-hazards.js';
import { withPlainPeople } from './findings/plain-people.js';
import { withPlainPlaces } from './findings/plain-places.js';
import { WordsRead } from './findings/words-read.js';
import type { Instructions, InstructionsContext } from './model/types.js';
import { readText } from './reading/reader.js';
import type { ReaderModel } from './reading/reader-model.js';
import { fold } from './text/fold.js';
import { toEvidence } from './text/find-phrase.js';
import { ENGLISH, SPANISH } from './text/languages.words.js';
import { withoutDates } from './times/misread-dates.js';
import { composeTimes } from './times/compose-times.js';
import { findSentiment, findUrgency } from './wishes/mood.js';
import { blankPromptInjections } from './wishes/prompt-injection.js';

/**
 * Extracts instructions from a customer's words. A trained reader (see the glossary) classifies the intents of the text
 * and tags the spans that are times, places, codes and people. Grammars then parse those spans. If reader and grammar
 * disagree, or a word of a time or code is not understood, nothing is derived and the words are reported in `unclear`.
 *
 * The running time is linear in the length of the analyzed text, which is bounded.
 */
export function analyzeInstructions(context: InstructionsContext, model: ReaderModel): Instructions {
  const { text, folded } = blankPromptInjections(context.text, fold(context.text));
  const read = new WordsRead(
    withPlainPlaces(withPlainPeople(withoutDates(readText(model, text, context.question)))),
    { ...context, text },
    folded,
  );
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
    refused: findRefusal(read),
    optOut: findOptOut(read),
    callAhead: findCallAhead(read),
    hazards: findHazards(read),
    handling: findHandling(read),
    needsHuman: findNeedForHuman(read),
    sentiment: findSentiment(text, folded),
    urgent: findUrgency(text, folded),
    unclear: read.unclear,
  };
  return { ...found, unclear: read.unclear, ...rateComplexity(found, folded) };
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
