import { FILLERS, HOMOPHONES } from './announced-code.js';
import { fold } from '../text/fold.js';
import { readPiece, tokenize } from './spoken-digits.js';

/**
 * Whether words say a code, character by character, in its order: the check on everybody who claims to have heard one.
 * @param words as a recogniser wrote them: digits, or numbers as words
 * @param code as keyed, in either case
 */
export function spellsCode(words: string, code: string): boolean {
  const tokens = tokenize(words, fold(words));
  let spelt = '';
  for (let index = 0; index < tokens.length;) {
    const text = tokens[index]?.text ?? '';
    const piece = readPiece(tokens, index, true);
    if (piece) spelt += piece.value;
    else if (HOMOPHONES[text] !== undefined) spelt += HOMOPHONES[text];
    else if (/^[a-z]$/.test(text)) spelt += text;
    else if (!FILLERS.has(text)) spelt += ' ';
    index = piece?.next ?? index + 1;
  }
  return code !== '' && spelt.toUpperCase().includes(code.toUpperCase());
}
