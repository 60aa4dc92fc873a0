import type { Act, Persona } from './persona.js';

/** How often each question was asked so far, and how many unrecognised ones. */
export interface Memory {
  readonly asked: Readonly<Record<string, number>>;
  readonly unrecognised: number;
}

export const freshMemory: Memory = { asked: {}, unrecognised: 0 };

/** What a persona does about a prompt, with keys already chosen. */
export type Response =
  | { readonly kind: 'say'; readonly slot: string }
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

/** Where the last match begins; -1 without one. */
function lastMatch(text: string, pattern: RegExp): number {
  let at = -1;
  for (const match of text.matchAll(new RegExp(pattern.source, 'giu'))) at = match.index;
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
 * The keys a prompt offers and what each is for. Understands "press 1 if you will be in", "press two for a neighbour"
 * and "for a neighbour, press 2".
 */
export function offeredKeys(prompt: string): readonly { readonly key: string; readonly meaning: string }[] {
  const key = `(\\d|[*#]|${Object.keys(numberWords).join('|')})`;
  const offers = [...prompt.matchAll(new RegExp(`\\bpress\\s+${key}(?![\\p{L}\\d])`, 'giu'))];
  return offers.map((offer, index) => {
    const digit = (offer[1] ?? '').toLowerCase();
    const before = prompt.slice(endOf(offers[index - 1]), offer.index);
    const after = prompt.slice(endOf(offer), offers[index + 1]?.index ?? prompt.length);
    // "For X, press 1" names the wish before the key; "press 1 for X" after it.
    const clauseBefore = before.split(/[.;!?]|\bor\b/u).at(-1) ?? '';
    const namedBefore = /\b(for|to|if)\b/iu.test(clauseBefore) && /,\s*(please\s+)?$/u.test(clauseBefore);
    const meaning = namedBefore ? clauseBefore : (after.split(/[.;!?]/u)[0] ?? '');
    return { key: numberWords[digit] ?? digit, meaning: meaning.trim().replace(/^[,:\s]+|[,\s]+$/gu, '') };
  });
}

function endOf(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length;
}
