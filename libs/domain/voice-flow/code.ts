import { matchCommand, matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { findAccessCode } from './answers/recognize.js';
import type { Answer } from './answers/interpret.js';
import { onMiss } from './moves.js';
import { readBack } from './note.js';
import type { Decision, Step, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** In keys. A single key is an answer to the question, not a code. */
const MIN_CODE_LENGTH = 2;
/** Multiplies the confidence of words in which no code was recognized. */
const UNRECOGNIZED_CODE_FACTOR = 0.3;

/** Whether keys pressed at this step are a code rather than an answer. */
export const isKeyedCode = ({ step }: VoiceFlowState, digits: string): boolean =>
  step === 'code' && digits.length >= MIN_CODE_LENGTH;

/** Accepts a code that was keyed in. */
export const onKeyedCode = (state: VoiceFlowState, digits: string, context: VoiceFlowContext): Step =>
  takeCode(state, context, { value: digits, source: 'keys', confidence: 1, evidence: digits });

/**
 * Accepts a spoken access code while the recording is paused, or a "no" from a customer without one. It is not
 * read back, because the recording has resumed by then.
 */
export function onCode(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Step {
  const skipCode = (): Step => readBack(state, context);
  if (answer.kind === 'key') {
    return answer.key === '1' || answer.key === '2' ? skipCode() : onMiss(state, answer, context, skipCode);
  }
  if (answer.kind !== 'words') return onMiss(state, answer, context, skipCode);
  const { text, confidence } = answer;
  const code = findAccessCode(text, state, context);
  if (code) {
    return takeCode(state, context, {
      value: code.value,
      source: 'speech',
      confidence: code.confidence * confidence,
      evidence: text,
    });
  }
  const hasNoCode =
    matchCommand(text, state.language) === 'nothing' || matchYesNo(text, state.language)?.value === false;
  if (hasNoCode) return skipCode();
  // The recording is paused, so after too many misses the agent receives the last words in place of a code.
  const unrecognized = {
    value: text,
    source: 'speech',
    confidence: confidence * UNRECOGNIZED_CODE_FACTOR,
    evidence: text,
  } as const;
  return onMiss(state, answer, context, () => takeCode(state, context, unrecognized));
}

const takeCode = (
  state: VoiceFlowState,
  context: VoiceFlowContext,
  code: Omit<Extract<Decision, { kind: 'access_code' }>, 'kind'>,
): Step =>
  readBack({ ...state, humanHeard: true, isAnswered: true, codeNoted: true }, context, [
    { kind: 'access_code', ...code },
  ]);
