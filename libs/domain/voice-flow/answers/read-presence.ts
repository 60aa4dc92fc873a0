import type { Instructions } from '#libs/domain/instructions/model/types.js';
import { fold } from '#libs/domain/instructions/text/fold.js';
import { isGreeting, isUndecided, matchYesNo, toStatements } from '#libs/domain/instructions/wishes/match-yes-no.js';
import { intersect, type Interval } from '#libs/domain/time/index.js';
import type { VoiceFlowContext, VoiceFlowState } from '../model/types.js';
import { findOtherPresent } from './others-present.js';

/** Whether someone will be there, as words say it; `undecided` if the customer does not know. */
export type PresenceReading =
  | 'undecided'
  | {
      readonly value: boolean;
      /** 0–1, from the words alone. */
      readonly confidence: number;
      /** Who else will be there, as said to the customer. */
      readonly person?: string;
    };

/** Confidence that someone else will be there. */
const OTHER_CONFIDENCE = 0.85;
/** Confidence of a yes or no that stands alone; it outweighs what else the words seem to mean. */
const PLAIN_CONFIDENCE = 0.9;
/** Confidence where two readings of the words contradict each other. Low, so that the customer is asked. */
const CONTRADICTED = 0.45;

/**
 * Reads whether someone will be there in the planned window. Times in the words are compared with the window: "after
 * six" means no for a window at two o'clock.
 * @param found what the analysis found in the words as an answer about presence
 * @returns `null` if the words do not say it
 */
export function readPresence(
  text: string,
  { language }: VoiceFlowState,
  { planned }: VoiceFlowContext,
  found: Pick<Instructions, 'availability' | 'unavailable' | 'safePlace'>,
): PresenceReading | null {
  const other = findOtherPresent(text, language);
  if (other) return { value: true, confidence: OTHER_CONFIDENCE, ...(other.who ? { person: other.who } : {}) };
  const folded = fold(text);
  const timed = readWorkEnd(folded, found, planned) ?? readUntil(folded, found, planned) ?? readTimes(found, planned);
  if (timed) return timed;
  if (isUndecided(text, language)) return 'undecided';
  if (IF_ABSENT.test(folded) && !readIntent(found, planned)) return 'undecided';
  // Only a question was asked back, or the phone was answered.
  if (toStatements(text, language).length === 0 || isGreeting(text, language)) return null;
  const meant = readIntent(found, planned);
  const yesNo = matchYesNo(text, language);
  if (!yesNo) return meant;
  // "Yes, leave it on the porch" agrees to leave it there.
  if (yesNo.value && found.safePlace && !meant) return null;
  if (!meant) return yesNo;
  // Two readings that agree are as sure as the surer one; words that say both yes and no stay unsure.
  if (meant.value === yesNo.value && yesNo.confidence > CONTRADICTED)
    return { value: yesNo.value, confidence: Math.max(yesNo.confidence, meant.confidence) };
  const isContradicted = meant.value !== yesNo.value && yesNo.confidence < PLAIN_CONFIDENCE;
  return isContradicted ? { value: yesNo.value, confidence: CONTRADICTED } : yesNo;
}

type Found = Pick<Instructions, 'availability' | 'unavailable'>;
interface Reading {
  readonly value: boolean;
  readonly confidence: number;
}

/** Compares the times that were said with the planned window. */
function readTimes({ availability, unavailable }: Found, planned: Interval): Reading | null {
  const isSaid = ({ value }: Found['availability'][number]): boolean => !isSame(value, planned);
  const [there, away] = [availability.filter(isSaid), unavailable.filter(isSaid)];
  const overlaps = ({ value }: Found['availability'][number]): boolean => intersect([value], [planned]).length > 0;
  const present = there.find(overlaps);
  const decisive = present ?? away.find(overlaps) ?? there[0];
  // Only a time after the window is excluded: "I leave at five" from home or from work.
  if (!decisive && away[0]) return { value: away[0].value.start >= planned.end, confidence: CONTRADICTED };
  return decisive ? { value: present !== undefined, confidence: decisive.confidence } : null;
}

/** The end of work: who leaves work at five is away until five. */
const WORK_END =
  /\b(?:gets? off|off work|(?:finish|done|finished) (?:work|working|at work)|leave (?:work|the office)|out of work)\b|\b(?:salgo|salimos|sale) (?:del? (?:trabajo|trabajar|la oficina|la escuela)|de la chamba)\b|\btermin(?:o|amos) (?:de trabajar|el trabajo|mi turno)\b/;

/** The analysis reads the end of work as a time from which no one is there; until then no one is either. */
function readWorkEnd(folded: string, { unavailable }: Found, planned: Interval): Reading | null {
  if (!WORK_END.test(folded)) return null;
  const later = unavailable.find(({ value }) => value.start >= planned.end);
  return later ? { value: false, confidence: later.confidence } : null;
}

/** Verbs of a moment: "llego hasta las cinco" means not before five, where "estoy hasta las cinco" means until five. */
const MOMENT_UNTIL =
  /\b(?:abro|abrimos|llego|llegamos|regreso|regresamos|vuelvo|volvemos|empiezo|entro|me desocupo|nos desocupamos|termino|acabo|vengo)\b.*\bhasta\b/;

function readUntil(folded: string, { availability }: Found, planned: Interval): Reading | null {
  if (!MOMENT_UNTIL.test(folded)) return null;
  const until = availability.find(({ value }) => value.start <= planned.start && value.end > planned.start);
  if (!until) return null;
  return { value: false, confidence: until.value.end >= planned.end ? until.confidence : CONTRADICTED };
}

/** Absence that is only a condition. */
const IF_ABSENT =
  /\b(?:if|in case) (?:i'm|i am|we're|we are|nobody|no one|nobody's|no one's|there's) (?:not|no one|nobody|is|isn't|home|there|answers|here)|\b(?:si|por si) (?:no (?:estoy|estamos|hay nadie|abrimos|abro|contesto|contestamos)|nadie (?:abre|contesta|esta))\b/;

/** What the words mean for the whole planned window, without a time. */
function readIntent({ availability, unavailable }: Found, planned: Interval): Reading | null {
  const present = availability.find(({ value }) => isSame(value, planned));
  const absent = unavailable.find(({ value }) => isSame(value, planned));
  const decisive = present ?? absent;
  return decisive ? { value: present !== undefined, confidence: decisive.confidence } : null;
}

const isSame = (one: Interval, other: Interval): boolean =>
  one.start.getTime() === other.start.getTime() && one.end.getTime() === other.end.getTime();
