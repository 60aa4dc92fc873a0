import { matchCommand, matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { findAccessCode } from './hearing.js';
import type { Answer } from './interpret.js';
import { goTo, missed } from './moves.js';
import type { Decision, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** A single key is an answer; a code has more. */
const SHORTEST_CODE = 2;
/** How far words are believed in which no code was found. */
const UNREAD = 0.3;

/** Whether keys pressed at this step are a code and not an answer. */
export const isKeyedCode = ({ step }: VoiceFlowState, digits: string): boolean =>
  step === 'code' && digits.length >= SHORTEST_CODE;

/** A code that was keyed in. */
export const onKeyedCode = (state: VoiceFlowState, digits: string, context: VoiceFlowContext): Step =>
  noted(state, context, { value: digits, source: 'keys', confidence: 1, evidence: digits });

/**
 * The code for a gate or a door, said while the recording pauses; "no" where there is none. It is not read back: by then the
 * recording goes on.
 */
export function onCode(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const withoutOne = (): Step => goTo(state, 'confirm', context);
  if (answer.kind === 'key') {
    return answer.key === '1' || answer.key === '2' ? withoutOne() : missed(state, answer, context, withoutOne);
  }
  if (answer.kind !== 'words') return missed(state, answer, context, withoutOne);
  const { text, confidence } = answer;
  const code = findAccessCode(text, state, context);
  if (code) {
    return noted(state, context, {
      value: code.value,
      source: 'speech',
      confidence: code.confidence * confidence,
      evidence: text,
    });
  }
  const isNone = matchCommand(text, state.language) === 'nothing' || matchYesNo(text, state.language)?.value === false;
  if (isNone) return withoutOne();
  // Nothing is recorded here: what was said last is the agent's to make sense of.
  const unread = { value: text, source: 'speech', confidence: confidence * UNREAD, evidence: text } as const;
  return missed(state, answer, context, () => noted(state, context, unread));
}

const noted = (
  state: VoiceFlowState,
  context: VoiceFlowContext,
  said: Omit<Extract<Decision, { kind: 'access_code' }>, 'kind'>,
): Step => goTo({ ...state, humanHeard: true }, 'confirm', context, [{ kind: 'access_code', ...said }]);
