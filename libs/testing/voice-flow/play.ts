import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import {
  advance,
  startVoiceFlow,
  type Decision,
  type Step,
  type VoiceFlowContext,
  type VoiceInput,
} from '#libs/domain/voice-flow/index.js';

/** Creates a window on a day of March 2026, from one full hour to another, in UTC. */
export const createWindow = (dayOfMonth: number, fromHour: number, toHour: number) => ({
  start: new Date(Date.UTC(2026, 2, dayOfMonth, fromHour)),
  end: new Date(Date.UTC(2026, 2, dayOfMonth, toHour)),
});
/** The call context of the voice flow specs. */
export const context: VoiceFlowContext = {
  organizationName: 'Acme Parcels',
  customerName: 'Ana',
  planned: createWindow(2, 20, 22),
  loadReader: loadReaderModel,
  zone: 'America/Chicago',
  language: 'en',
  recordConsentNeeded: false,
  offeredSlots: [
    { id: 's1', window: createWindow(3, 15, 17) },
    { id: 's2', window: createWindow(4, 20, 22) },
  ],
};

/** Keys that the customer presses. */
export const key = (digits: string): VoiceInput => ({ kind: 'digits', digits });
/** Words that the customer says. `confidence` is 0 to 1. */
export const say = (text: string, confidence = 0.95): VoiceInput => ({ kind: 'speech', text, confidence });
/** A turn in which the customer says and presses nothing. */
export const silence: VoiceInput = { kind: 'silence' };

/** All steps and decisions of a played conversation. */
export interface PlayedConversation {
  readonly steps: readonly Step[];
  readonly last: Step;
  readonly decisions: readonly Decision[];
}

/** Plays a whole conversation from its inputs. */
export function play(inputs: readonly VoiceInput[], callContext: VoiceFlowContext = context): PlayedConversation {
  const steps = [startVoiceFlow(callContext)];
  for (const input of inputs) {
    const before = steps.at(-1);
    if (before) steps.push(advance(before.state, input, callContext));
  }
  const last = steps.at(-1);
  if (!last) throw new Error('The voice flow returned no step.');
  return { steps, last, decisions: steps.flatMap(({ decisions }) => decisions) };
}

/** Returns the text of all prompts of a step. */
export const getSpokenText = ({ verbs }: Pick<Step, 'verbs'>): string =>
  verbs
    .flatMap((verb) => (verb.kind === 'say' ? [verb] : verb.kind === 'gather' ? verb.prompt : []))
    .map(({ text }) => text)
    .join(' ');
/** Returns the kinds of decisions, in order. */
export const getKinds = (decisions: readonly Decision[]): string[] => decisions.map(({ kind }) => kind);
