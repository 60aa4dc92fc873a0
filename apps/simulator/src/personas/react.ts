import type { Act } from '../ledger/ledger.module.js';
import type { Persona } from './persona.js';

/** How often each question was asked so far, and how many unrecognised ones. */
export interface Memory {
  readonly asked: Readonly<Record<string, number>>;
  readonly unrecognised: number;
}

export const freshMemory: Memory = { asked: {}, unrecognised: 0 };

/** What a persona does about a prompt, with keys already chosen. */
export type Response =
  | { readonly kind: 'say'; readonly slot: string; readonly confidence?: number }
  | { readonly kind: 'press'; readonly digits: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'hang-up'; readonly atShare: number; readonly slot?: string };

/**
 * What the persona does when it has heard `prompt` and is expected to answer. Of the questions it recognises the one
 * asked last counts: prompts explain first and ask at the end ("I understood …. Is that right?").
 */
export function react(
  persona: Pick<Persona, 'reactions' | 'otherwise'>,
  memory: Memory,
  prompt: string,
): { readonly question: string | null; readonly response: Response; readonly memory: Memory } {
  let latest: { readonly at: number; readonly reaction: Persona['reactions'][number] } | undefined;
  for (const reaction of persona.reactions) {
    const at = lastMatch(prompt, reaction.asked);
    if (at >= 0 && (latest === undefined || at > latest.at)) latest = { at, reaction };
  }
  if (latest === undefined) {
    const act = persona.otherwise[memory.unrecognised];
    return {
      question: null,
      response: act === undefined ? { kind: 'silent' } : chosen(act, prompt),
      memory: { ...memory, unrecognised: memory.unrecognised + 1 },
    };
  }
  const { question, acts } = latest.reaction;
  const times = memory.asked[question] ?? 0;
  const act = acts[Math.min(times, acts.length - 1)];
  return {
    question,
    response: act === undefined ? { kind: 'silent' } : chosen(act, prompt),
    memory: { ...memory, asked: { ...memory.asked, [question]: times + 1 } },
  };
}

/** Where the last match ends; -1 without one. */
function lastMatch(text: string, pattern: RegExp): number {
  let at = -1;
  for (const match of text.matchAll(new RegExp(pattern.source, 'giu'))) at = match.index + match[0].length;
  return at;
}

function chosen(act: Act, prompt: string): Response {
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
 * The keys a prompt offers and what each is for. Understands "press 1 if you will be in, 2 for a neighbour", "for a
 * neighbour, press 2" and "say yes or press 1".
 */
export function offeredKeys(prompt: string): readonly { readonly key: string; readonly meaning: string }[] {
  return prompt.split(/(?<=[.;!?])\s+/u).flatMap(keysOfSentence);
}

const keyPattern = `(\\d|[*#]|${Object.keys(numberWords).join('|')})`;

function keysOfSentence(sentence: string): { key: string; meaning: string }[] {
  // After a first "press 1" the rest of the sentence may go on with ", 2 for …".
  const offer = new RegExp(
    `\\bpress\\s+${keyPattern}(?![\\p{L}\\d])|(?<=,\\s*(?:or\\s+)?)${keyPattern}(?=\\s+(?:for|to|if|when)\\b)`,
    'giu',
  );
  const offers = [...sentence.matchAll(offer)];
  const first = offers.findIndex(({ 1: pressed }) => pressed !== undefined);
  if (first < 0) return [];
  const listed = offers.slice(first);
  const namesFirst = namedBefore(sentence.slice(0, listed[0]?.index)) !== undefined;
  return listed.map((match, index) => {
    const digit = (match[1] ?? match[2] ?? '').toLowerCase();
    const before = sentence.slice(endOf(listed[index - 1]), match.index);
    const after = sentence.slice(endOf(match), listed[index + 1]?.index ?? sentence.length);
    const said = /\bsay\s+([^,]+?)\s+or\s+$/iu.exec(before)?.[1];
    return {
      key: numberWords[digit] ?? digit,
      meaning: bare(said ?? (namesFirst ? namedBefore(before) : undefined) ?? after),
    };
  });
}

/** The wish in "for a neighbour, (press 2)". */
function namedBefore(text: string): string | undefined {
  return /\b(?:for|to|if)\b.*(?=,\s*(?:please\s+)?$)/iu.exec(text)?.[0];
}

function bare(meaning: string): string {
  return meaning.replace(/^[,:\s]+|[,.;!?\s]+$/gu, '').replace(/,?\s*\bor$/u, '');
}

function endOf(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length;
}
