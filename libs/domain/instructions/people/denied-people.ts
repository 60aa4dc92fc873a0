import { EXCEPTION_WORDS } from '../text/exceptions.words.js';
import { pattern, terms } from '../text/patterns.js';

/** Number of words before and after a person that show whether the person must not get the parcel. */
const WORDS_BEFORE = 9;
const WORDS_AFTER = 5;

/**
 * Verbs whose subject or object is the person directly after them, of which a negation bars the person: "que no lo reciba
 * mi hermano", "don't let Mrs. Chen sign". Folded, as all words of this file.
 */
export const HANDS_OVER = pattern`^${[
  ...terms(
    'let den dar darle* dieran entreguen reciba* recibiera* recibieran recoja* recogiera* agarre* agarrara* firme* firmara*',
  ),
]}$`;
/** Words before a person whom they except from all others: "anyone but my brother". */
const EXCEPTED = pattern`\b${[
  /any(?:one|body)/,
  /every(?:one|body)/,
  'whoever',
  'cualquiera',
  'quien sea',
  'todos',
]}(?: else)?(?: ${['is fine', 'can take it', 'esta bien']})? ?,? ?${EXCEPTION_WORDS}(?: ${terms('for to with a con')})?$`;
/** Words before a verb that forbid it. No clause ends between them and the person. */
const FORBIDDEN =
  /\b(?:under no circumstances?|on no account|no way|por ningun motivo|bajo ninguna circunstancia|de ninguna manera)\b[^.,;!?]*$/;
/** A wish before a person, and the words after the person that complete it. */
const UNWANTED = /\b(?:don't|do not|dont|didn't|wouldn't) (?:really |even )?want$/;
const TO_GET_IT = /^(?:to (?:take|get|have|receive|sign|touch)|taking|getting|having|receiving|signing|touching)\b/;
const PREFERRED = /\b(?:i'd|i would|we'd|we would) (?:rather|prefer)(?: (?:if|that))?$/;
const NOT_GETTING = /^(?:didn't|did not|not) (?:take|get|have|receive|sign)\b/;
/** Words after a person who may not get the parcel. */
const MAY_NOT =
  /^(?:shouldn't|should not|mustn't|must not|isn't allowed to|is not allowed to|isn't to|is not to) (?:take|get|have|receive|sign)\b|^no (?:lo |la )?(?:debe|tiene permiso de|tiene que) (?:recib|tomar|agarrar|firmar)/;

/**
 * Whether words around a person say that this person must not get the parcel.
 *
 * @param words the folded words of the text
 */
export function isBarred(
  words: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const before = words.slice(Math.max(0, from - WORDS_BEFORE), from).join(' ');
  const after = words.slice(to, to + WORDS_AFTER).join(' ');
  return (
    EXCEPTED.test(before) ||
    FORBIDDEN.test(before) ||
    MAY_NOT.test(after) ||
    (UNWANTED.test(before) && TO_GET_IT.test(after)) ||
    (PREFERRED.test(before) && NOT_GETTING.test(after))
  );
}
