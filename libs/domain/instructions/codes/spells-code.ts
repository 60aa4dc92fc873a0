import { FILLERS, HOMOPHONES } from './announced-code.js';
import { fold } from '../text/fold.js';
import { readPiece, tokenize } from './spoken-digits.js';

/**
 * Whether the words contain the characters of the code, in order and without other words between them. Used to verify
 * an access code that an instruction analyst found.
 * @param words a transcript by a speech recognizer, with numbers as digits or words
 * @param code in upper or lower case
 */
export function spellsCode(words: string, code: string): boolean {
  const tokens = tokenize(words, fold(words));
  let spelled = '';
  for (let index = 0; index < tokens.length;) {
    const text = tokens[index]?.text ?? '';
    // `true`: reads each token as if a code had begun, so that "oh" is a zero.
    const piece = readPiece(tokens, index, true);
    if (piece) spelled += piece.value;
    else if (HOMOPHONES[text] !== undefined) spelled += HOMOPHONES[text];
    else if (/^[a-z]$/.test(text)) spelled += text;
    // Any other word separates the characters before it from those after it.
    else if (!FILLERS.has(text)) spelled += ' ';
    index = piece?.next ?? index + 1;
  }
  return code !== '' && spelled.toUpperCase().includes(code.toUpperCase());
}
