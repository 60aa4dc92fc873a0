import type { Act } from '../ledger/ledger.module.js';
import type { Persona } from './persona.js';

/** The state of a customer during one call. */
export interface Memory {
  /** Number of times that each question was asked. */
  readonly asked: Readonly<Record<string, number>>;
  /** Number of prompts in which no question was recognized. */
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
 * Decides how a persona responds to a prompt. If it recognizes several questions, it responds to the last one, because
 * prompts explain first and ask at the end ("I understood …. Is that right?").
 */
export function react(
  persona: Pick<Persona, 'reactions' | 'otherwise'>,
  memory: Memory,
  prompt: string,
): { readonly question: string | null; readonly response: Response; readonly memory: Memory } {
  let lastQuestion: { readonly endIndex: number; readonly reaction: Persona['reactions'][number] } | undefined;
  for (const reaction of persona.reactions) {
    const endIndex = findLastMatchEnd(prompt, reaction.asked);
    if (endIndex >= 0 && (lastQuestion === undefined || endIndex > lastQuestion.endIndex))
      lastQuestion = { endIndex, reaction };
  }
  if (lastQuestion === undefined) {
    const act = persona.otherwise[memory.unrecognized];
    return {
      question: null,
      response: act === undefined ? { kind: 'silent' } : toResponse(act, prompt),
      memory: { ...memory, unrecognized: memory.unrecognized + 1 },
    };
  }
  const { question, acts } = lastQuestion.reaction;
  const askedCount = memory.asked[question] ?? 0;
  const act = acts[Math.min(askedCount, acts.length - 1)];
  return {
    question,
    response: act === undefined ? { kind: 'silent' } : toResponse(act, prompt),
    memory: { ...memory, asked: { ...memory.asked, [question]: askedCount + 1 } },
  };
}

/** Returns the index at which the last match ends; -1 without a match. */
function findLastMatchEnd(text: string, pattern: RegExp): number {
  let endIndex = -1;
  for (const match of text.matchAll(new RegExp(pattern.source, 'giu'))) endIndex = match.index + match[0].length;
  return endIndex;
}

function toResponse(act: Act, prompt: string): Response {
  if (act.kind !== 'press-for') return act;
  const offer = findOfferedKeys(prompt).find(({ meaning }) => act.option.test(meaning));
  return { kind: 'press', digits: offer?.key ?? act.otherwise };
}

const NUMBER_WORDS: Readonly<Record<string, string>> = {
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
 * Finds the keys that a prompt offers and their meanings. Supports "press 1 if you will be in, 2 for a neighbor",
 * "for a neighbor, press 2" and "say yes or press 1".
 */
export function findOfferedKeys(prompt: string): readonly { readonly key: string; readonly meaning: string }[] {
  return prompt.split(/(?<=[.;!?])\s+/u).flatMap(findKeysInSentence);
}

const KEY_PATTERN = `(\\d|[*#]|${Object.keys(NUMBER_WORDS).join('|')})`;

function findKeysInSentence(sentence: string): { key: string; meaning: string }[] {
  // After "press 1", the sentence may continue with ", 2 for …".
  const offerPattern = new RegExp(
    `\\bpress\\s+${KEY_PATTERN}(?![\\p{L}\\d])|(?<=,\\s*(?:or\\s+)?)${KEY_PATTERN}(?=\\s+(?:for|to|if|when)\\b)`,
    'giu',
  );
  const offers = [...sentence.matchAll(offerPattern)];
  const firstPressIndex = offers.findIndex(({ 1: pressedKey }) => pressedKey !== undefined);
  if (firstPressIndex < 0) return [];
  const keyMatches = offers.slice(firstPressIndex);
  const isMeaningFirst = findMeaningBefore(sentence.slice(0, keyMatches[0]?.index)) !== undefined;
  return keyMatches.map((match, index) => {
    const keyName = (match[1] ?? match[2] ?? '').toLowerCase();
    const before = sentence.slice(getMatchEnd(keyMatches[index - 1]), match.index);
    const after = sentence.slice(getMatchEnd(match), keyMatches[index + 1]?.index ?? sentence.length);
    const spokenAlternative = /\bsay\s+([^,]+?)\s+or\s+$/iu.exec(before)?.[1];
    return {
      key: NUMBER_WORDS[keyName] ?? keyName,
      meaning: trimMeaning(spokenAlternative ?? (isMeaningFirst ? findMeaningBefore(before) : undefined) ?? after),
    };
  });
}

/** Finds the meaning that precedes a key: "for a neighbor" in "for a neighbor, press 2". */
function findMeaningBefore(text: string): string | undefined {
  return /\b(?:for|to|if)\b.*(?=,\s*(?:please\s+)?$)/iu.exec(text)?.[0];
}

function trimMeaning(meaning: string): string {
  return meaning.replace(/^[,:\s]+|[,.;!?\s]+$/gu, '').replace(/,?\s*\bor$/u, '');
}

function getMatchEnd(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length;
}
