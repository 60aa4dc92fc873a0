import { analyzeInstructions } from '#libs/domain/instructions/index.js';
import { readCode } from '#libs/domain/instructions/codes/read-code.js';
import type { InstructionQuestion, Instructions } from '#libs/domain/instructions/model/types.js';
import { tokenize } from '#libs/domain/instructions/reading/tokens.js';
import { matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import type { Answer } from './interpret.js';
import type { DecisionSource, VoiceFlowContext, VoiceFlowState } from '../model/types.js';

/** The minimum confidence at which an answer is accepted without confirmation. */
export const ACCEPT_CONFIDENCE = 0.75;
/**
 * The minimum confidence at which the customer is asked to confirm; below it, the answer is treated as not understood.
 */
export const CONFIRM_CONFIDENCE = 0.35;

/** A recognized answer. */
export interface Recognized<T> {
  readonly value: T;
  readonly confidence: number;
  readonly source: DecisionSource;
  readonly evidence: string;
}

/** Recognizes key 1 or 2, or a spoken yes or no. */
export function recognizeYesNo(state: VoiceFlowState, answer: Answer): Recognized<boolean> | null {
  if (answer.kind === 'key' && (answer.key === '1' || answer.key === '2')) {
    return { value: answer.key === '1', confidence: 1, source: 'keys', evidence: answer.key };
  }
  if (answer.kind !== 'words') return null;
  const match = matchYesNo(answer.text, state.language);
  return (
    match && {
      value: match.value,
      confidence: match.confidence * answer.confidence,
      source: 'speech',
      evidence: answer.text,
    }
  );
}

/** Whether the words describe how to hand over the parcel, independently of the question. */
export function describesHandover(text: string, state: VoiceFlowState, context: VoiceFlowContext): boolean {
  const { safePlace, accessCode, recipient, callAhead, hazards, handling } = analyze(text, 'open', state, context);
  return [safePlace, accessCode, recipient, callAhead, ...hazards, ...handling].some((finding) => finding !== null);
}

/** Finds an access code in the words. */
export const findAccessCode = (
  text: string,
  state: VoiceFlowState,
  context: VoiceFlowContext,
): { readonly value: string; readonly confidence: number } | null =>
  analyze(text, 'instructions', state, context).accessCode ?? readWholeCode(text);

/** Customers who are asked for a code often say only the code. */
function readWholeCode(text: string): { readonly value: string; readonly confidence: number } | null {
  const words = tokenize(text, MAX_CODE_WORDS).map((token) => token.text);
  const value = readCode(words);
  return value === null ? null : { value, confidence: WHOLE_CODE_CONFIDENCE };
}

const MAX_CODE_WORDS = 60;
const WHOLE_CODE_CONFIDENCE = 0.95;

/** Reads an answer to a question. */
export const analyze = (
  text: string,
  question: InstructionQuestion,
  { language }: VoiceFlowState,
  { now, planned, zone, loadReader }: VoiceFlowContext,
): Instructions =>
  analyzeInstructions(
    { text, locale: language === 'es' ? 'es-US' : 'en-US', zone, now: now ?? planned.start, planned, question },
    loadReader(),
  );
