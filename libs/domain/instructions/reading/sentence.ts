import { hashText } from './hashes.js';
import { classesOf, indexOf } from './word-classes.js';
import { tokenize, type Token } from './tokens.js';
import type { InstructionQuestion } from '../model/types.js';

/** The tokens of a text with the properties that features are built from, by token. */
export interface Sentence {
  readonly tokens: readonly Token[];
  readonly question: InstructionQuestion;
  readonly words: Int32Array;
  readonly spellings: Int32Array;
  readonly classes: readonly (readonly number[])[];
  /** Index of the clause to which the token belongs. */
  readonly clauses: Int32Array;
}

const SIGN_BOUNDARIES = new Set([',', '.', ';', '!', '?', '…', '(', ')']);
const WORD_BOUNDARIES = new Set(
  'but so and because if unless then otherwise although though cause cos plus pero y porque si aunque entonces pues sino o or except excepto menos salvo'.split(
    ' ',
  ),
);
/** All numbers of three or more digits are the same word to the reader. */
const LONG_NUMBER = /^\d{3,}$/;

/** Splits at most the first `limit` tokens of a text into clauses and looks up the properties of each token. */
export function toSentence(text: string, question: InstructionQuestion, limit: number): Sentence {
  const tokens = tokenize(text, limit);
  const clauses = new Int32Array(tokens.length);
  let clause = 0;
  tokens.forEach((token, index) => {
    if (index > 0 && WORD_BOUNDARIES.has(token.text)) clause += 1;
    clauses[index] = clause;
    if (SIGN_BOUNDARIES.has(token.text)) clause += 1;
  });
  return {
    tokens,
    question,
    words: Int32Array.from(tokens, ({ text: word }) =>
      hashText(LONG_NUMBER.test(word) ? `<${Math.min(word.length, 7)}>` : word),
    ),
    spellings: Int32Array.from(tokens, ({ spelling }) => hashText(spelling)),
    classes: tokens.map(({ text: word }) => classesOf(word)),
    clauses,
  };
}

/** Returns a part of a sentence, from one token up to another, as a sentence of its own. */
export const sliceSentence = (sentence: Sentence, from: number, to: number): Sentence => ({
  question: 'open',
  tokens: sentence.tokens.slice(from, to),
  words: sentence.words.subarray(from, to),
  spellings: sentence.spellings.subarray(from, to),
  classes: sentence.classes.slice(from, to),
  clauses: sentence.clauses.subarray(from, to),
});

const NOT = indexOf('not');
/** Whether one of the word classes is a negation. */
export const isNegation = (classes: readonly number[]): boolean => classes.includes(NOT);
