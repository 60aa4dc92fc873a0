import { isUndecided, matchChoice, matchNoChoice, matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { chooseSlot } from './answers/choose-slot.js';
import type { Answer } from './answers/interpret.js';
import { isAboutHandover, readAnswer } from './answers/read-answer.js';
import { recognizeYesNo, CONFIRM_CONFIDENCE, type Recognized } from './answers/recognize.js';
import { goTo, onMiss } from './moves.js';
import { noteHandover, readBack, toStoredWords } from './note.js';
import { endWithFollowUp, finish } from './turns/close-call.js';
import { getOfferedSlots } from './turns/offers.js';
import type { Decision, OfferedSlot, PendingAnswer, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** Offers another day at every question where it makes sense. */
export const RESCHEDULE_KEY = '5';
/** Words that ask for the delivery as planned, such as "anyway" or "while I am out", in English and Spanish. */
const AS_PLANNED_WORDS = /\b(planned|anyway|scheduled|while|without me|previsto|modos|aunque)\b/i;

type Words = Pick<Extract<Answer, { kind: 'words' }>, 'text'>;

/**
 * Offers other windows, unless there are none or they were already offered. Words that name one of them choose it.
 * @param answer the words that ask for another time
 */
export function offerSlots(before: VoiceFlowState, context: VoiceFlowContext, answer?: Words): Step {
  const { pending: _pending, ...rest } = before;
  const state: VoiceFlowState = {
    ...rest,
    humanHeard: true,
    ...(answer ? { wish: toStoredWords(answer.text) } : {}),
  };
  const slot = answer && findSlot(answer.text, state, context);
  if (slot) return askToConfirm(state, slot, answer.text, context);
  return getOfferedSlots(context).length > 0 && before.step !== 'slots'
    ? goTo(state, 'slots', context)
    : endWithFollowUp(state, context, 'no_slot_suits');
}

function findSlot(text: string, { language }: VoiceFlowState, context: VoiceFlowContext): OfferedSlot | null {
  const { zone, planned, now = planned.start } = context;
  return chooseSlot(text, { slots: getOfferedSlots(context), zone, language, now });
}

/** A wrong rescheduling is costly to undo, so a spoken choice is always confirmed. */
function askToConfirm(
  state: VoiceFlowState,
  slot: OfferedSlot,
  evidence: string,
  context: VoiceFlowContext,
  decisions: readonly Decision[] = [],
): Step {
  const pending: PendingAnswer = { kind: 'slot', slotId: slot.id, evidence };
  return goTo({ ...state, humanHeard: true, pending }, 'slot_confirm', context, decisions);
}

/** Handles the choice of an offered window. An answer that describes the hand-over is accepted as instructions. */
export function onSlots(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const slots = getOfferedSlots(context);
  // If no one will be there, the delivery stays as planned, and the customer is asked where to leave it. A customer who
  // asked for another day receives a text message.
  const giveUp = (): Step =>
    state.presence === false ? goTo(state, 'placement', context) : endWithFollowUp(state, context, 'no_slot_suits');
  if (answer.kind === 'key') {
    const slot = slots[Number(answer.key) - 1];
    if (slot) return acceptSlot(state, slot, { source: 'keys', confidence: 1, evidence: answer.key }, context);
    return answer.key === String(slots.length + 1)
      ? keepAsPlanned(state, context)
      : onMiss(state, answer, context, giveUp);
  }
  if (answer.kind !== 'words' || answer.confidence < CONFIRM_CONFIDENCE) return onMiss(state, answer, context, giveUp);
  return onSlotWords(state, answer, context, giveUp);
}

function onSlotWords(
  state: VoiceFlowState,
  answer: Extract<Answer, { kind: 'words' }>,
  context: VoiceFlowContext,
  giveUp: () => Step,
): Step {
  const { text } = answer;
  const { language } = state;
  const slots = getOfferedSlots(context);
  const whole = readAnswer(text, state, context);
  const note = noteHandover(state, answer, whole);
  const yesNo = isUndecided(text, language) ? null : matchYesNo(text, language);
  // A yes to the only slot chooses it.
  const only = slots.length === 1 && yesNo?.value === true && !whole.place ? slots[0] : undefined;
  const slot = findSlot(text, state, context) ?? only;
  if (slot) return askToConfirm(note.state, slot, text, context, note.decisions);
  if (isAboutHandover(whole))
    return whole.place
      ? readBack(note.state, context, note.decisions)
      : goTo(note.state, 'placement', context, note.decisions);
  const isAsPlanned = matchChoice(text, language, slots.length + 1)?.value === slots.length;
  if (isAsPlanned || matchNoChoice(text, language) || yesNo?.value === false) {
    const wantsOtherDay = state.presence !== false && !isAsPlanned && !AS_PLANNED_WORDS.test(text);
    if (!wantsOtherDay) return keepAsPlanned(state, context);
    const wish = text.split(/\s+/).length < MIN_WISH_WORDS ? {} : { wish: toStoredWords(text) };
    return endWithFollowUp({ ...state, ...wish }, context, 'no_slot_suits');
  }
  return onMiss({ ...state, ...(whole.reschedule ? { wish: toStoredWords(text) } : {}) }, answer, context, giveUp);
}

/** Shorter words only decline: "none of those". */
const MIN_WISH_WORDS = 5;

/** Keeps the planned window. It is asked who will be there, unless that is known. */
const keepAsPlanned = (state: VoiceFlowState, context: VoiceFlowContext): Step => {
  const { wish: _wish, ...kept } = { ...state, humanHeard: true };
  return goTo(kept, state.presence === false ? 'placement' : 'presence', context);
};

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
