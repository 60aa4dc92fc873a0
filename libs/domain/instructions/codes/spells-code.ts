import { FILLERS, HOMOPHONES } from './announced-code.js';
import { fold } from '../text/fold.js';
import { readPiece, tokenize } from './spoken-digits.js';

/**
 * Whether words spell a code, character by character and in its order. Verifies the code that an analyst reports.
 * @param words as a speech recognizer wrote them: digits, or number words
 * @param code as keyed, in upper or lower case
 */
export function spellsCode(words: string, code: string): boolean {
  const tokens = tokenize(words, fold(words));
  let spelled = '';
  for (let index = 0; index < tokens.length;) {
    const text = tokens[index]?.text ?? '';
    const piece = readPiece(tokens, index, true);
    if (piece) spelled += piece.value;
    else if (HOMOPHONES[text] !== undefined) spelled += HOMOPHONES[text];
    else if (/^[a-z]$/.test(text)) spelled += text;
    else if (!FILLERS.has(text)) spelled += ' ';
    index = piece?.next ?? index + 1;
  }
  return code !== '' && spelled.toUpperCase().includes(code.toUpperCase());
}
