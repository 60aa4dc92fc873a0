import { analyzeInstructions } from '#libs/domain/instructions/index.js';
import { readCode } from '#libs/domain/instructions/codes/read-code.js';
import type { InstructionQuestion, Instructions } from '#libs/domain/instructions/model/types.js';
import { tokenize } from '#libs/domain/instructions/reading/tokens.js';
import { matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { intersect } from '#libs/domain/time/index.js';
import type { Answer } from './interpret.js';
import type { Decision, DecisionSource, VoiceFlowContext, VoiceFlowState } from './model/types.js';

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

/**
 * Recognizes whether the customer will be there. Times in the words are compared with the planned window: "after six"
 * means no for a window at two o'clock.
 */
export function recognizePresence(
  state: VoiceFlowState,
  answer: Answer,
  context: VoiceFlowContext,
): Recognized<boolean> | null {
  const yesNo = recognizeYesNo(state, answer);
  if (answer.kind !== 'words') return yesNo;
  const { planned } = context;
  const { availability, unavailable } = analyze(answer.text, 'availability', state, context);
  const selectOverlapping = (findings: typeof availability): typeof availability =>
    findings.filter(({ value }) => intersect([value], [planned]).length > 0);
  const [present] = selectOverlapping(availability);
  const [absent] = selectOverlapping(unavailable);
  const decisive = present ?? absent ?? availability[0];
  if (!decisive) return yesNo;
  const confidence = decisive.confidence * answer.confidence;
  return { value: present !== undefined, confidence, source: 'speech', evidence: answer.text };
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

/**
 * Returns an answer of four words or more as a spoken instruction for the agent, because it contains more than the
 * answer to the question. Returns no decision for a shorter answer.
 */
export function toSpokenInstructions(answer: Answer): Decision[] {
  if (answer.kind !== 'words' || answer.text.split(/\s+/).length < 4) return [];
  return [{ kind: 'spoken_instruction', text: answer.text, confidence: answer.confidence }];
}
