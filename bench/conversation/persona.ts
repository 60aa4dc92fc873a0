import type { Language, VoiceFlowStep, VoiceInput } from '#libs/domain/voice-flow/index.js';

/** What a person does when asked. */
export type Act =
  | { readonly kind: 'say'; readonly text: string; readonly confidence?: number }
  | { readonly kind: 'press'; readonly digits: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'hangUp' };

/** What a person wants DelAuto to know after the call. An absent field must not be decided. */
export interface Meaning {
  readonly presence?: boolean;
  /** A word of the place. */
  readonly place?: string;
  readonly code?: string;
  readonly slot?: string;
  readonly refused?: true;
  readonly optOut?: 'wish' | 'wrong_number';
  readonly followUp?: true;
  /** Words that the agent must receive. */
  readonly words?: readonly string[];
}

/**
 * `cooperative`: answers what is asked. `at_once`: says everything in the first answer. `other`: everyone else; their
 * calls are not part of the medians.
 */
export type Manner = 'cooperative' | 'at_once' | 'other';

/** A person who answers one call. */
export interface Persona {
  readonly name: string;
  readonly language: Language;
  readonly manner: Manner;
  /** The acts at each question, in order; the last one repeats. */
  readonly acts: Partial<Record<VoiceFlowStep, readonly Act[]>>;
  readonly means: Meaning;
}

export const say = (text: string, confidence?: number): Act =>
  confidence === undefined ? { kind: 'say', text } : { kind: 'say', text, confidence };
export const press = (digits: string): Act => ({ kind: 'press', digits });
export const SILENT: Act = { kind: 'silent' };
export const HANG_UP: Act = { kind: 'hangUp' };

/** Recognition of a clear voice on a telephone line. */
const CLEAR = 0.9;

/** Maps an act to the input that the carrier reports. */
export function toInput(act: Act): VoiceInput {
  switch (act.kind) {
    case 'say':
      return { kind: 'speech', text: act.text, confidence: act.confidence ?? CLEAR };
    case 'press':
      return { kind: 'digits', digits: act.digits };
    case 'silent':
      return { kind: 'silence' };
    case 'hangUp':
      return { kind: 'hung_up' };
  }
}

/** The answers of people who have nothing else to say at a question. */
const USUAL: Readonly<Record<Language, Partial<Record<VoiceFlowStep, readonly Act[]>>>> = {
  en: {
    consent: [say('yes')],
    confirm: [say('yes')],
    presence_confirm: [say('yes')],
    slot_confirm: [say('yes')],
    refusal_confirm: [say('yes')],
    // Only the earlier flow asks for more instructions.
    instructions: [say('nothing else')],
    code: [say('no')],
  },
  es: {
    consent: [say('sí')],
    confirm: [say('sí')],
    presence_confirm: [say('sí')],
    slot_confirm: [say('sí')],
    refusal_confirm: [say('sí')],
    instructions: [say('nada más')],
    code: [say('no')],
  },
};

/** What the persona does when a question is asked for the n-th time, from 0. */
export function getAct({ acts, language }: Persona, step: VoiceFlowStep, asked: number): Act {
  const own = acts[step] ?? USUAL[language][step] ?? acts.presence ?? [];
  return own[Math.min(asked, own.length - 1)] ?? SILENT;
}
