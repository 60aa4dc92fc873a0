import { analyseInstructions } from '#libs/domain/instructions/index.js';
import type { Instructions } from '#libs/domain/instructions/model/types.js';
import { matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { intersect } from '#libs/domain/time/index.js';
import type { Answer } from './interpret.js';
import type { Decision, DecisionSource, VoiceFlowContext, VoiceFlowState } from './model/types.js';

/** From here on an understood answer counts without asking back. */
export const SURE = 0.75;
/** From here on an answer is worth asking back; below it is as if nothing was understood. */
export const PLAUSIBLE = 0.35;

export interface Heard<T> {
  readonly value: T;
  readonly confidence: number;
  readonly source: DecisionSource;
  readonly evidence: string;
}

/** Key 1 or 2, or yes or no by voice. */
export function hearYesNo(state: VoiceFlowState, answer: Answer): Heard<boolean> | null {
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

/** "After six" says no to two o'clock: times in the words are held against the planned window. */
export function hearPresence(state: VoiceFlowState, answer: Answer, context: VoiceFlowContext): Heard<boolean> | null {
  const heard = hearYesNo(state, answer);
  if (answer.kind !== 'words') return heard;
  const { planned } = context;
  const { availability, unavailable } = analyse(answer.text, state, context);
  const overlapping = (found: typeof availability): typeof availability =>
    found.filter(({ value }) => intersect([value], [planned]).length > 0);
  const [there] = overlapping(availability);
  const [away] = overlapping(unavailable);
  const ground = there ?? away ?? availability[0];
  if (!ground) return heard;
  const confidence = ground.confidence * answer.confidence;
  return { value: there !== undefined, confidence, source: 'speech', evidence: answer.text };
}

/** Whether the words say how to hand the parcel over, whatever was asked. */
export function tellsHandover(text: string, state: VoiceFlowState, context: VoiceFlowContext): boolean {
  const { safePlace, accessCode, recipient, callAhead, hazards, handling } = analyse(text, state, context);
  return [safePlace, accessCode, recipient, callAhead, ...hazards, ...handling].some((found) => found !== null);
}

/** The code that the words name. */
export const findAccessCode = (
  text: string,
  state: VoiceFlowState,
  context: VoiceFlowContext,
): { readonly value: string; readonly confidence: number } | null =>
  analyse(text, state, context).accessCode ??
  analyse(`${ANNOUNCED[state.language]} ${text}`, state, context).accessCode;

/** Asked for a code, people just say it. */
const ANNOUNCED = { en: 'the gate code is', es: 'el código de la puerta es' } as const;

const analyse = (text: string, { language }: VoiceFlowState, { now, planned, zone }: VoiceFlowContext): Instructions =>
  analyseInstructions({
    text,
    locale: language === 'es' ? 'es-US' : 'en-US',
    zone,
    now: now ?? planned.start,
    planned,
    question: 'open',
  });

/** Longer answers say more than the question asked; the agent gets them whole. */
export function keepWords(answer: Answer): Decision[] {
  if (answer.kind !== 'words' || answer.text.split(/\s+/).length < 4) return [];
  return [{ kind: 'spoken_instruction', text: answer.text, confidence: answer.confidence }];
}
