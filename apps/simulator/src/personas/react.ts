import type { Act } from '../ledger/ledger.module.js';
import type { Persona } from './persona.js';

/** How often each question was asked so far, and the number of unrecognized prompts. */
export interface Memory {
  readonly asked: Readonly<Record<string, number>>;
  readonly unrecognized: number;
}

export const EMPTY_MEMORY: Memory = { asked: {}, unrecognized: 0 };

/** A persona's response to a prompt, with the keys already chosen. */
export type Response =
  | { readonly kind: 'say'; readonly slot: string; readonly confidence?: number }
  | { readonly kind: 'press'; readonly digits: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'hang-up'; readonly atShare: number; readonly slot?: string };

/**
 * Decides how a persona responds to a prompt. If it recognizes several questions, the last one counts, because prompts
 * explain first and ask at the end ("I understood …. Is that right?").
 */
export function react(
  persona: Pick<Persona, 'reactions' | 'otherwise'>,
  memory: Memory,
  prompt: string,
): { readonly question: string | null; readonly response: Response; readonly memory: Memory } {
  let latest: { readonly at: number; readonly reaction: Persona['reactions'][number] } | undefined;
  for (const reaction of persona.reactions) {
    const at = lastMatchEnd(prompt, reaction.asked);
    if (at >= 0 && (latest === undefined || at > latest.at)) latest = { at, reaction };
  }
  if (latest === undefined) {
    const act = persona.otherwise[memory.unrecognized];
    return {
      question: null,
      response: act === undefined ? { kind: 'silent' } : toResponse(act, prompt),
      memory: { ...memory, unrecognized: memory.unrecognized + 1 },
    };
  }
  const { question, acts } = latest.reaction;
  const times = memory.asked[question] ?? 0;
  const act = acts[Math.min(times, acts.length - 1)];
  return {
    question,
    response: act === undefined ? { kind: 'silent' } : toResponse(act, prompt),
    memory: { ...memory, asked: { ...memory.asked, [question]: times + 1 } },
  };
}

/** The index at which the last match ends; -1 without a match. */
function lastMatchEnd(text: string, pattern: RegExp): number {
  let at = -1;
  for (const match of text.matchAll(new RegExp(pattern.source, 'giu'))) at = match.index + match[0].length;
  return at;
}

function toResponse(act: Act, prompt: string): Response {
  if (act.kind !== 'press-for') return act;
  const offered = offeredKeys(prompt).find(({ meaning }) => act.wish.test(meaning));
  return { kind: 'press', digits: offered?.key ?? act.otherwise };
}

const numberWords: Readonly<Record<string, string>> = {
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  star: '*',
  pound: '#',
};

/**
 * Finds the keys that a prompt offers and their meanings. Understands "press 1 if you will be in, 2 for a neighbor",
 * "for a neighbor, press 2" and "say yes or press 1".
 */
export function offeredKeys(prompt: string): readonly { readonly key: string; readonly meaning: string }[] {
  return prompt.split(/(?<=[.;!?])\s+/u).flatMap(findOfferedKeys);
}

const keyPattern = `(\\d|[*#]|${Object.keys(numberWords).join('|')})`;

function findOfferedKeys(sentence: string): { key: string; meaning: string }[] {
  // After "press 1", the sentence may continue with ", 2 for …".
  const offer = new RegExp(
    `\\bpress\\s+${keyPattern}(?![\\p{L}\\d])|(?<=,\\s*(?:or\\s+)?)${keyPattern}(?=\\s+(?:for|to|if|when)\\b)`,
    'giu',
  );
  const offers = [...sentence.matchAll(offer)];
  const first = offers.findIndex(({ 1: pressed }) => pressed !== undefined);
  if (first < 0) return [];
  const listed = offers.slice(first);
  const isMeaningFirst = meaningBefore(sentence.slice(0, listed[0]?.index)) !== undefined;
  return listed.map((match, index) => {
    const digit = (match[1] ?? match[2] ?? '').toLowerCase();
    const before = sentence.slice(matchEnd(listed[index - 1]), match.index);
    const after = sentence.slice(matchEnd(match), listed[index + 1]?.index ?? sentence.length);
    const said = /\bsay\s+([^,]+?)\s+or\s+$/iu.exec(before)?.[1];
    return {
      key: numberWords[digit] ?? digit,
      meaning: trimMeaning(said ?? (isMeaningFirst ? meaningBefore(before) : undefined) ?? after),
    };
  });
}

/** Finds the wish in "for a neighbor, (press 2)". */
function meaningBefore(text: string): string | undefined {
  return /\b(?:for|to|if)\b.*(?=,\s*(?:please\s+)?$)/iu.exec(text)?.[0];
}

function trimMeaning(meaning: string): string {
  return meaning.replace(/^[,:\s]+|[,.;!?\s]+$/gu, '').replace(/,?\s*\bor$/u, '');
}

function matchEnd(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length;
}
