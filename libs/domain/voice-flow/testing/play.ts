import { advance, startVoiceFlow, type Decision, type Step, type VoiceFlowContext, type VoiceInput } from '../index.js';

/** A span of hours on a day of March 2026, in UTC. */
export const day = (date: number, from: number, to: number) => ({
  start: new Date(Date.UTC(2026, 2, date, from)),
  end: new Date(Date.UTC(2026, 2, date, to)),
});
/** The call context of the voice flow specs. */
export const context: VoiceFlowContext = {
  organizationName: 'Acme Parcels',
  customerName: 'Ana',
  planned: day(2, 20, 22),
  zone: 'America/Chicago',
  language: 'en',
  recordConsentNeeded: false,
  offeredSlots: [
    { id: 's1', window: day(3, 15, 17) },
    { id: 's2', window: day(4, 20, 22) },
  ],
};

/** Inputs of a customer. */
export const key = (digits: string): VoiceInput => ({ kind: 'digits', digits });
export const say = (text: string, confidence = 0.95): VoiceInput => ({ kind: 'speech', text, confidence });
export const silence: VoiceInput = { kind: 'silence' };

export interface PlayedConversation {
  readonly steps: readonly Step[];
  readonly last: Step;
  readonly decisions: readonly Decision[];
}

/** Plays a whole conversation from its inputs. */
export function play(inputs: readonly VoiceInput[], about: VoiceFlowContext = context): PlayedConversation {
  const steps = [startVoiceFlow(about)];
  for (const input of inputs) {
    const before = steps.at(-1);
    if (before) steps.push(advance(before.state, input, about));
  }
  const last = steps.at(-1);
  if (!last) throw new Error('The voice flow returned no step.');
  return { steps, last, decisions: steps.flatMap(({ decisions }) => decisions) };
}

/** The text of all prompts of a step. */
export const spoken = ({ verbs }: Pick<Step, 'verbs'>): string =>
  verbs
    .flatMap((verb) => (verb.kind === 'say' ? [verb] : verb.kind === 'gather' ? verb.prompt : []))
    .map(({ text }) => text)
    .join(' ');
export const kinds = (decisions: readonly Decision[]): string[] => decisions.map(({ kind }) => kind);
