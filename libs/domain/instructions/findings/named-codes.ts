import { countHomophones, readGarbledCode, skipDigits } from '../codes/read-code.js';
import type { Span } from '../reading/reader.js';
import { NAMED_CODE, OPENS_AFTER, PRESS_WORD } from './access-code.words.js';
import type { WordsRead } from './words-read.js';

/** Confidence, 0–1, of a code with a digit that may be a word, or that the reader has not tagged. */
export const UNCERTAIN = 0.6;
/** Minimum number of characters of a code that the reader has not tagged. */
const MIN_LENGTH = 4;
/** Minimum number of characters of such a code with a letter. */
const MIN_LENGTH_WITH_LETTER = 3;
/** Number of words after a number that show what it opens. */
const WORDS_AFTER = 5;

/** A code that the words around it announce: "the code is …", "use … to get in", "opens with …". */
export interface NamedCode extends Span {
  /** Whether its first words are digits that were heard as other words: "for to seven one". */
  readonly isGarbled: boolean;
}

/** Finds announced codes. The reader may not have tagged them, because recognizers write digits as other words. */
export function findNamedCodes(read: WordsRead): NamedCode[] {
  const { words } = read;
  return words.flatMap((_, at) => {
    const from = findBeginning(words, at);
    if (from === null) return [];
    const homophones = countHomophones(words, from);
    // "The code is A four five" names a letter, "the code is a four digit number" does not.
    const isLetter = read.personWordsOf({ from, to: from + 1 })[0]?.written === 'A';
    const start = from + (isLetter ? 1 : homophones);
    const to = skipDigits(words, start);
    const code = to === start ? null : readGarbledCode(words.slice(from, to));
    const isPressed = PRESS_WORD.test(words[at] ?? '');
    const opens = !isPressed || OPENS_AFTER.test(words.slice(to, to + WORDS_AFTER).join(' '));
    const minLength = isLetter ? MIN_LENGTH_WITH_LETTER : MIN_LENGTH;
    return code !== null && code.length >= minLength && opens
      ? [{ tag: 'code', from, to, confidence: UNCERTAIN, isGarbled: homophones > 0 || isLetter }]
      : [];
  });
}

/** The index of the first word of a code that the word at `at` announces. */
function findBeginning(words: readonly string[], at: number): number | null {
  const [word = '', next = ''] = [words[at], words[at + 1]];
  if (NAMED_CODE.has(word) && /^(?:is|es|'s)$/.test(next)) return at + 2;
  if (/^(?:opens|abre)$/.test(word) && /^(?:with|con)$/.test(next)) return at + 2;
  return PRESS_WORD.test(word) ? at + 1 : null;
}
