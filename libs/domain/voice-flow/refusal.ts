import { fold } from '#libs/domain/instructions/text/fold.js';
import type { Answer } from './answers/interpret.js';
import { analyze, recognizeYesNo, type Recognized } from './answers/recognize.js';
import { DENIED_WANT, KEEPING } from './answers/refusal.words.js';
import { goTo, onMiss } from './moves.js';
import { toStoredWords } from './note.js';
import { endWithFollowUp, finish } from './turns/close-call.js';
import type { Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** Minimum confidence of a spoken confirmation, because a refusal ends the delivery. */
const MIN_CONFIDENCE = 0.8;
/** A longer yes must say the refusal itself. */
const MAX_WORDS_OF_PLAIN_YES = 4;
/** Confidence of a yes that says the refusal itself. */
const RESTATED_CONFIDENCE = 0.95;

/** Asks whether the parcel is really not wanted. One reading of words never ends a delivery. */
export const confirmRefusal = (
  state: VoiceFlowState,
  { text }: Extract<Answer, { kind: 'words' }>,
  context: VoiceFlowContext,
): Step =>
  goTo(
    { ...state, humanHeard: true, pending: { kind: 'refusal', evidence: toStoredWords(text) } },
    'refusal_confirm',
    context,
  );

/** Handles the confirmation of a refusal: a yes or key 1 sends the parcel back, a no returns to the open question. */
export function onRefusalConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const { pending, ...rest } = state;
  if (pending?.kind !== 'refusal') return goTo(rest, 'presence', context);
  const giveUp = (): Step => endWithFollowUp(rest, context, 'not_understood');
  const confirmation = confirm(state, answer, context);
  if (confirmation?.value === false) return goTo(rest, 'presence', context, [], 'noted');
  if (!confirmation || confirmation.confidence < MIN_CONFIDENCE) return onMiss(state, answer, context, giveUp);
  const { source, confidence } = confirmation;
  const evidence = `${pending.evidence} / ${confirmation.evidence}`;
  return finish({ ...rest, isAnswered: true }, context, 'refused', [
    { kind: 'refused', value: true, source, confidence, evidence },
  ]);
}

/** Reads a yes or no; `null` if the words wish for the parcel although they say yes, and the other way round. */
function confirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Recognized<boolean> | null {
  const yesNo = recognizeYesNo(state, answer);
  if (!yesNo || answer.kind !== 'words') return yesNo;
  const folded = fold(answer.text);
  const isDenied = folded.search(DENIED_WANT) >= 0;
  const isWanted = KEEPING.test(folded.replace(DENIED_WANT, ''));
  // "No, I don't want it" denies the question or the parcel.
  if (!yesNo.value) return isDenied ? null : yesNo;
  if (isWanted) return null;
  // Who says yes and the refusal itself has confirmed it twice.
  const isRestated = isDenied || analyze(answer.text, 'open', state, context).refused !== null;
  if (isRestated) return { ...yesNo, confidence: Math.max(yesNo.confidence, RESTATED_CONFIDENCE * answer.confidence) };
  return answer.text.split(/\s+/).length <= MAX_WORDS_OF_PLAIN_YES ? yesNo : null;
}
