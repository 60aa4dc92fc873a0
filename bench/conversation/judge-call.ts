import type { Decision } from '#libs/domain/voice-flow/index.js';
import type { Meaning } from './persona.js';
import type { PlayedCall } from './play-call.js';

/** What a call decided, in the terms of what a person means. */
interface Understood {
  readonly presence?: boolean;
  readonly place?: string;
  readonly code?: string;
  readonly slot?: string;
  readonly refused?: true;
  readonly optOut?: 'wish' | 'wrong_number';
  readonly followUp?: true;
  readonly words: string;
}

/** What differs between what a person meant and what was understood. */
export interface Judgment {
  readonly understood: Understood;
  /** Meant and not decided. */
  readonly missing: readonly string[];
  /** Decided and not meant, or decided otherwise. */
  readonly wrong: readonly string[];
}

function toUnderstood(decisions: readonly Decision[]): Understood {
  const words: string[] = [];
  let understood: Omit<Understood, 'words'> = {};
  for (const decision of decisions) {
    if (decision.kind === 'presence') understood = { ...understood, presence: decision.value };
    if (decision.kind === 'safe_place')
      understood = {
        ...understood,
        place: `${decision.value} ${decision.source === 'speech' ? decision.evidence : ''}`,
      };
    if (decision.kind === 'access_code') understood = { ...understood, code: decision.value };
    if (decision.kind === 'reschedule') understood = { ...understood, slot: decision.slot.id };
    if (decision.kind === 'refused') understood = { ...understood, refused: true };
    if (decision.kind === 'opt_out') understood = { ...understood, optOut: decision.reason ?? 'wish' };
    if (decision.kind === 'follow_up') understood = { ...understood, followUp: true };
    if (decision.kind === 'spoken_instruction') words.push(decision.text);
  }
  return { ...understood, words: words.join(' / ') };
}

/** Compares what was understood with what the person meant. */
export function judgeCall({ decisions, persona: { means } }: PlayedCall): Judgment {
  const understood = toUnderstood(decisions);
  const missing: string[] = [];
  const wrong: string[] = [];
  for (const field of ['presence', 'place', 'code', 'slot', 'refused', 'optOut', 'followUp'] as const) {
    const [meant, found] = [means[field], understood[field]];
    if (meant !== undefined && found === undefined) missing.push(field);
    if (found !== undefined && !isMeant(field, meant, found)) wrong.push(`${field} ${String(found)}`);
  }
  for (const word of means.words ?? []) if (!understood.words.includes(word)) missing.push(`"${word}"`);
  return { understood, missing, wrong };
}

const isMeant = (field: keyof Meaning, meant: unknown, found: unknown): boolean =>
  field === 'place' && typeof meant === 'string' ? String(found).includes(meant) : found === meant;
