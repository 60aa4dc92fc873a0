import { fold } from '../text/fold.js';
import { WRONG_NUMBER } from './wrong-number.words.js';

/** A longer answer only mentions a wrong number: "the code I gave you last time had a wrong number in it". */
const MAX_WORDS = 16;
/** The number of a house or a code, which may be wrong as well. */
const OTHER_NUMBER =
  /\b(?:code|codigo|apartment|apt|unit|house|street|casa|departamento|depto|calle|tracking|order|pedido)\b/;

/** Whether the callee says that this number is not the customer's. */
export function isWrongNumber(text: string): boolean {
  const folded = fold(text).replace(/\./g, ' ').replace(/\s+/g, ' ').trim();
  const isShort = folded.split(' ').length <= MAX_WORDS;
  return isShort && WRONG_NUMBER.test(folded) && !OTHER_NUMBER.test(folded);
}
