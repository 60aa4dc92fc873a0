import { fold } from '../text/fold.js';
import { WRONG_NUMBER } from './wrong-number.words.js';

/** A longer answer only mentions a wrong number: "the code I gave you last time had a wrong number in it". */
const MAX_WORDS = 16;
/** The number of a house or a code, which may be wrong as well. */
const OTHER_NUMBER =
  /\b(?:code|codigo|apartment|apt|unit|house|street|casa|departamento|depto|calle|tracking|order|pedido)\b/;

/**
 * Whether the callee says that this number is not the customer's.
 * @param customerName the name that was asked for, which the callee may say does not live there
 */
export function isWrongNumber(text: string, customerName?: string): boolean {
  const folded = fold(text).replace(/\./g, ' ').replace(/\s+/g, ' ').trim();
  const isShort = folded.split(' ').length <= MAX_WORDS;
  const isSaid = WRONG_NUMBER.test(folded) || isUnknownName(folded, customerName);
  return isShort && isSaid && !OTHER_NUMBER.test(folded);
}

/** "There is no Ana here": a name is not known at this number. "This isn't Ana" may be said by her husband. */
function isUnknownName(folded: string, customerName: string | undefined): boolean {
  const names = fold(customerName ?? '')
    .split(/[^a-z]+/)
    .filter((name) => name.length > 1);
  return names.some(
    (name) =>
      new RegExp(
        String.raw`\b(?:no|any|ninguna?|a) ${name}\b(?: \w+)?(?: (?:here|lives here|at this number|aqui|en este numero))?$`,
      ).test(folded) && UNKNOWN.test(folded),
  );
}

/** Words without which a name after "no" answers something else: "no, Ana will be there". */
const UNKNOWN =
  /\b(?:there's|there is|there isn't|have|know|lives?|hay|vive|conozco|tenemos) (?:no|any|ninguna?|a)\b|^no \w+ lives here$/;
