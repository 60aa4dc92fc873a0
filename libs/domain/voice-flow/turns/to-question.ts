import type { SayVerb, VoiceFlowContext, VoiceFlowState } from '../model/types.js';
import type { PlacementReason } from '../prompts/index.js';
import { canLeaveMessage, getOfferedSlots } from './offers.js';
import { Speaker } from './speaker.js';

/** Wait for the first word or key of an answer. */
const ANSWER_SECONDS = 6;
/** Wait for the first word or key of instructions. */
const INSTRUCTION_SECONDS = 8;

/** How a question is asked: in its first words, or in others that name the keys, after a miss or when asked to repeat. */
export type Phrasing = 'first' | 'again';

/** What is said, which words to expect, and how long to wait for the first of them. */
export interface Question {
  readonly say: readonly SayVerb[];
  readonly hints: readonly string[];
  readonly seconds: number;
}

/** Returns the question of the state's step. */
export function toQuestion(state: VoiceFlowState, context: VoiceFlowContext, phrasing: Phrasing): Question {
  const speaker = new Speaker(context, state);
  const { prompts } = speaker;
  const isAgain = phrasing === 'again';
  const { yesNo, placement } = prompts.hints;
  const toYesNo = (...say: SayVerb[]): Question => ({ say, hints: yesNo, seconds: ANSWER_SECONDS });
  /** Asks in one of two wordings. */
  const choose = (promptKey: string, first: string, again: string): Question =>
    toYesNo(speaker.say(isAgain ? `${promptKey}Again` : promptKey, isAgain ? again : first));
  switch (state.step) {
    case 'consent':
      return choose('consentQuestion', prompts.consentQuestion, prompts.consentAgain);
    case 'presence': {
      const window = speaker.shortPlannedWindow;
      const keys = { canReschedule: getOfferedSlots(context).length > 0 };
      const question = choose(
        'presenceQuestion',
        state.isAnswered ? prompts.correctionQuestion : prompts.presenceQuestion(window),
        prompts.presenceAgain(window, keys),
      );
      return { ...question, hints: [...yesNo, ...placement], seconds: INSTRUCTION_SECONDS };
    }
    case 'presence_check':
    case 'presence_confirm':
      return choose('presenceCheck', prompts.presenceCheck, prompts.presenceCheckAgain);
    case 'refusal_confirm':
      return choose('refusalConfirm', prompts.refusalConfirm, prompts.refusalAgain);
    case 'slots':
      return toSlotsQuestion(context, speaker, isAgain, toYesNo);
    case 'slot_confirm': {
      const { pending } = state;
      const slot = pending?.kind === 'slot' ? context.offeredSlots.find(({ id }) => id === pending.slotId) : undefined;
      const window = slot ? speaker.shortWindow(slot) : speaker.shortPlannedWindow;
      return choose('slotConfirm', prompts.slotConfirm(window), prompts.slotConfirmAgain(window));
    }
    case 'placement': {
      const reason = toPlacementReason(state);
      const offers = { canReschedule: getOfferedSlots(context).length > 0 && state.presence === false };
      const keys = { ...offers, canLeaveMessage: canLeaveMessage(context) };
      const question = choose(
        'placementQuestion',
        prompts.placementQuestion(reason, offers),
        prompts.placementAgain(reason, keys),
      );
      return { ...question, hints: placement };
    }
    case 'instructions': {
      const which = state.place === 'neighbour' ? 'neighbour' : 'spoken';
      return {
        ...choose('instructionsQuestion', prompts.instructionsQuestion(which), prompts.instructionsAgain(which)),
        hints: placement,
        seconds: INSTRUCTION_SECONDS,
      };
    }
    case 'code':
      return { ...choose('codeQuestion', prompts.codeQuestion, prompts.codeAgain), seconds: INSTRUCTION_SECONDS };
    case 'confirm': {
      const { place } = state;
      const noted = { ...state, place: place === 'spoken' ? undefined : place };
      return choose('readBack', prompts.readBack(noted), prompts.readBackAgain(noted));
    }
    case 'message':
    case 'transfer':
    case 'voicemail_wait':
    case 'ended':
      return { say: [], hints: [], seconds: 0 };
  }
}

function toPlacementReason({ presence, isUndecided }: VoiceFlowState): PlacementReason {
  if (presence === true) return 'fallback';
  return isUndecided ? 'undecided' : 'absent';
}

/** Lists the slots in one sentence, or each with its key. */
function toSlotsQuestion(
  context: VoiceFlowContext,
  speaker: Speaker,
  isAgain: boolean,
  toYesNo: (...say: SayVerb[]) => Question,
): Question {
  const { prompts } = speaker;
  const windows = getOfferedSlots(context).map((slot) => speaker.shortWindow(slot));
  if (!isAgain) return toYesNo(speaker.say('slotsQuestion', prompts.slotsQuestion(windows)));
  return toYesNo(
    ...windows.map((window, index) => speaker.say('slotOption', prompts.slotOption(index + 1, window))),
    speaker.say('slotNoneOption', prompts.slotNoneOption(windows.length + 1)),
  );
}
