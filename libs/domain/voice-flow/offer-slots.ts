import { matchChoice, matchNoChoice, matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { finish, endWithFollowUp, getOfferedSlots } from './ask.js';
import { chooseSlot } from './choose-slot.js';
import {
  analyze,
  recognizeYesNo,
  toSpokenInstructions,
  CONFIRM_CONFIDENCE,
  describesHandover,
  type Recognized,
} from './recognize.js';
import type { Answer } from './interpret.js';
import { goTo, onMiss } from './moves.js';
import { MAX_READ_BACK_CHARACTERS, onPlacement } from './placement.js';
import type { Decision, OfferedSlot, PendingAnswer, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** Words that ask for the delivery as planned, such as "anyway" or "while I am out", in English and Spanish. */
const AS_PLANNED_WORDS = /\b(planned|anyway|scheduled|while|without me|previsto|modos|aunque)\b/i;

/** Offers other windows, unless there are none or they were already offered. */
export const reschedule = (state: VoiceFlowState, context: VoiceFlowContext): Step =>
  getOfferedSlots(context).length > 0 && state.step !== 'slots'
    ? goTo(state, 'slots', context)
    : endWithFollowUp(state, context, 'no_slot_suits');

/** Handles the choice of an offered window. An answer that describes the hand-over is accepted as instructions. */
export function onSlots(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const slots = getOfferedSlots(context);
  const keepAsPlanned = (decisions: readonly Decision[] = []): Step =>
    goTo({ ...state, humanHeard: true }, 'placement', context, decisions);
  // If the customer will be out, the delivery stays as planned, and the customer is asked where to leave it. A customer
  // who asked for another day receives a text message.
  const giveUp = (): Step =>
    state.presence === false ? goTo(state, 'placement', context) : endWithFollowUp(state, context, 'no_slot_suits');
  if (answer.kind === 'key') {
    const slot = slots[Number(answer.key) - 1];
    if (slot) return acceptSlot(state, slot, { source: 'keys', confidence: 1, evidence: answer.key }, context);
    return answer.key === String(slots.length + 1) ? keepAsPlanned() : onMiss(state, answer, context, giveUp);
  }
  if (answer.kind !== 'words') return onMiss(state, answer, context, giveUp);
  const spokenInstructions = toSpokenInstructions(answer);
  const { language } = state;
  const isHandover = describesHandover(answer.text, state, context);
  const { zone, planned, now = planned.start } = context;
  const slot = chooseSlot(answer.text, { slots, zone, language, now });
  if (slot) {
    // A wrong rescheduling is costly to undo, so a spoken choice is always confirmed.
    const pending: PendingAnswer = { kind: 'slot', slotId: slot.id, evidence: answer.text };
    return goTo({ ...state, humanHeard: true, pending }, 'slot_confirm', context, isHandover ? spokenInstructions : []);
  }
  if (isHandover) return acceptHandover(state, answer, context);
  const isAsPlanned = matchChoice(answer.text, language, slots.length + 1)?.value === slots.length;
  if (isAsPlanned || matchNoChoice(answer.text, language) || matchYesNo(answer.text, language)?.value === false) {
    const wantsOtherDay = state.presence !== false && !isAsPlanned && !AS_PLANNED_WORDS.test(answer.text);
    return wantsOtherDay
      ? endWithFollowUp(state, context, 'no_slot_suits', spokenInstructions)
      : keepAsPlanned(spokenInstructions);
  }
  const step = onMiss(state, answer, context, giveUp);
  return { ...step, decisions: [...spokenInstructions, ...step.decisions] };
}

/** Accepts words about the hand-over, and asks for a place unless they name one. */
function acceptHandover(
  state: VoiceFlowState,
  answer: Extract<Answer, { kind: 'words' }>,
  context: VoiceFlowContext,
): Step {
  const atPlacement: VoiceFlowState = { ...state, step: 'placement', misses: 0 };
  if (answer.confidence < CONFIRM_CONFIDENCE || analyze(answer.text, 'instructions', state, context).safePlace)
    return onPlacement(atPlacement, answer, context);
  const decision: Decision = { kind: 'spoken_instruction', text: answer.text, confidence: answer.confidence };
  return goTo(
    { ...state, humanHeard: true, words: answer.text.slice(0, MAX_READ_BACK_CHARACTERS) },
    'placement',
    context,
    [decision],
  );
}

/** Handles the confirmation of a spoken choice of window. */
export function onSlotConfirm(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const { pending, ...stateWithoutPending } = state;
  const slot = pending?.kind === 'slot' ? getOfferedSlots(context).find(({ id }) => id === pending.slotId) : undefined;
  const confirmation = recognizeYesNo(state, answer);
  if (!slot || (confirmation && !confirmation.value)) return goTo(stateWithoutPending, 'slots', context);
  if (confirmation && confirmation.confidence >= CONFIRM_CONFIDENCE) {
    const { source, confidence } = confirmation;
    return acceptSlot(
      stateWithoutPending,
      slot,
      { source, confidence, evidence: `${pending?.evidence ?? ''} / ${confirmation.evidence}` },
      context,
    );
  }
  return onMiss(state, answer, context, () => endWithFollowUp(stateWithoutPending, context, 'not_understood'));
}

const acceptSlot = (
  state: VoiceFlowState,
  slot: OfferedSlot,
  choice: Omit<Recognized<never>, 'value'>,
  context: VoiceFlowContext,
): Step =>
  finish({ ...state, humanHeard: true }, context, { rescheduled: slot }, [{ kind: 'reschedule', slot, ...choice }]);
