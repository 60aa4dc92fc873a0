import { matchCommand } from '#libs/domain/instructions/wishes/quick-match.js';
import type { Answer } from './answers/interpret.js';
import { isAboutHandover, readAnswer, type WholeAnswer } from './answers/read-answer.js';
import { recognizeYesNo, ACCEPT_CONFIDENCE, CONFIRM_CONFIDENCE } from './answers/recognize.js';
import { leaveMessageForAgent, wantsMessage } from './message.js';
import { goTo, onMiss } from './moves.js';
import { noteHandover, readBack, withoutNoted } from './note.js';
import { offerSlots } from './offer-slots.js';
import { decidePresence } from './open-question.js';
import { confirmRefusal } from './refusal.js';
import { finish } from './turns/close-call.js';
import type { Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** Below this confidence a yes or no contradicts itself, such as "no, yes". */
const MIN_CONFIDENCE = 0.42;
/** A shorter answer is only a yes or a no. */
const MIN_WORDS_OF_ADDITION = 3;

/** Handles the confirmation of everything that was noted. Words beyond the yes or no are noted, too. */
export function onConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const done = (): Step => finish(state, context, 'thanks');
  const correct = (): Step => goTo(withoutNoted(state), 'presence', context, [], 'correcting');
  if (wantsMessage(answer, state, context) && !state.messageLeft) return leaveMessageForAgent(state, context);
  const confirmation = recognizeYesNo(state, answer);
  const yesNo = confirmation && confirmation.confidence >= MIN_CONFIDENCE ? confirmation.value : null;
  if (answer.kind === 'words' && answer.confidence >= CONFIRM_CONFIDENCE && isLonger(answer.text)) {
    if (matchCommand(answer.text, state.language) === 'nothing') return done();
    const whole = readAnswer(answer.text, state, context);
    const changed = onChange(state, answer, whole, yesNo, context);
    if (changed) return changed;
    const isUnknown = yesNo === null && confirmation === null;
    if (isUnknown) {
      const note = noteHandover(state, answer, whole, true);
      return readBack(note.state, context, note.decisions);
    }
  }
  if (yesNo === null) return onMiss(state, answer, context, done);
  return yesNo ? done() : correct();
}

const isLonger = (text: string): boolean => text.split(/\s+/).length >= MIN_WORDS_OF_ADDITION;

/** Takes over what the words change or add: "no, in the garage", "yes, and the code is 4521". */
function onChange(
  state: VoiceFlowState,
  answer: Extract<Answer, { kind: 'words' }>,
  whole: WholeAnswer,
  yesNo: boolean | null,
  context: VoiceFlowContext,
): Step | null {
  if (whole.isRefused && !whole.place && yesNo !== true) return confirmRefusal(state, answer, context);
  if (whole.reschedule && !whole.place && yesNo !== true) return offerSlots(state, context, answer);
  const { presence } = whole;
  if (isAboutHandover(whole)) {
    const note = noteHandover(state, answer, whole);
    // What is added to a yes is kept without another read-back; a place is always read back.
    return yesNo === true && !whole.place
      ? finish(note.state, context, 'thanks', note.decisions)
      : readBack(note.state, context, note.decisions);
  }
  const isSaid = presence !== null && presence !== 'undecided' && (yesNo !== true || presence.person !== undefined);
  const confidence = isSaid ? presence.confidence * answer.confidence : 0;
  const isOther = isSaid && presence.value !== state.presence && confidence >= ACCEPT_CONFIDENCE;
  if (!isOther || isOnlyNo(answer.text)) return null;
  const { value, person } = presence;
  const recognized = { value, confidence, source: 'speech', evidence: answer.text } as const;
  return decidePresence(
    { state, decisions: [] },
    person === undefined ? recognized : { ...recognized, person },
    context,
  );
}

/** "No, that is wrong" denies what was read back, not that someone will be there. */
const isOnlyNo = (text: string): boolean =>
  /\b(?:wrong|right|correct|incorrect|correcto|incorrecto|mal|asi)\b/i.test(
    text.normalize('NFD').replace(/\p{M}/gu, ''),
  );
