import { isUndecided, toStatements } from '#libs/domain/instructions/wishes/match-yes-no.js';
import { fold } from '#libs/domain/instructions/text/fold.js';
import { pattern } from '#libs/domain/instructions/text/patterns.js';
import type { Language } from '../model/types.js';
import { HOUSEHOLD } from './household.words.js';
import { toSecondPerson } from './second-person.js';

/** Someone other than the customer who will be there. */
export interface OtherPerson {
  /** As said to the customer: "your wife". Absent where the words name no one: "someone else will". */
  readonly who?: string;
}

const ANYONE_EN = /(?:some(?:one|body)(?: else)?|they|he|she)/;
const VERB_EN = /(?:'ll|'s| will| is| are| should| can| does| do|'s going to| gonna)/;
/** The rest of a clause in which someone is there or takes the parcel; nothing, where the verb stands alone. */
const THERE_EN =
  /^(?: (?:definitely|always|usually|also|still|all day|be|going to be|gonna be|probably))*(?: (?:be |stay |going to |gonna )?(?:home|here|there|in|around|available|at home|at the house|able to)\b.*| (?:be able to |still |also )?(?:take|get|receive|accept|sign|open|answer|grab|handle|let|pick)\b.*)?$/;
const NOT_THERE_EN = /\b(?:not|never|neither|no|out|away|gone|at (?:the )?(?:work|school|office)|working|\w+n't)\b/;
/** A time, which has to be compared with the planned window. */
const TIME =
  /\b(?:until|till|after|before|from|by|at (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|noon)|hasta|despues|antes|desde|a las?|a partir)\b/;

const VERB_ES =
  /(?:si|tambien|siempre)? ?(?:(?:va|van) a (?:estar|quedarse|recibir\w*)|esta|estan|estara|estaran|se queda|se quedan|queda|quedan|(?:lo|la) (?:recibe|reciben|puede recibir|pueden recibir)|pued[ae]n? recibir\w*|recibe|reciben|se encuentra|se encuentran|si)/;
const NOT_THERE_ES =
  /\b(?:no|nunca|tampoco|ni|fuera|de viaje|trabajando|en (?:el|la|su) (?:trabajo|escuela|oficina))\b/;
/** Somewhere else than at the customer's door. */
const ELSEWHERE =
  /\b(?:a la vuelta|al lado|enfrente|en la esquina|next door|across the (?:street|hall)|around the corner)\b/;

const OTHERS: Readonly<Record<Language, readonly RegExp[]>> = {
  en: [pattern`\b(?<who>${HOUSEHOLD.en}|${ANYONE_EN})${VERB_EN}\b(?<rest>.*)$`],
  es: [
    pattern`\b(?<who>${HOUSEHOLD.es}) ${VERB_ES}(?!\w)(?<rest>.*)$`,
    pattern`\b(?:(?:va|van) a estar|esta|estan|estara|estaran|se queda|se quedan|queda|hay|habra|(?:lo |la )?(?:puede|pueden) recibir(?:lo|la)?|(?:lo|la) (?:recibe|reciben))(?: siempre| en casa| ahi| aqui| en la casa)* (?<who>${HOUSEHOLD.es})\b(?<rest>.*)$`,
  ],
};
const NOT_THERE: Readonly<Record<Language, RegExp>> = { en: NOT_THERE_EN, es: NOT_THERE_ES };

/**
 * Finds someone else who will be there, whatever the customer says of themselves: "I won't be home but my wife will".
 * @returns `null` if the words say this of no one, or only as a possibility
 */
export function findOtherPresent(text: string, language: Language): OtherPerson | null {
  for (const statement of toStatements(text, language)) {
    if (isUndecided(statement, language)) continue;
    const clause = statement.replaceAll('sí', 'si');
    for (const others of OTHERS[language]) {
      const { who, rest } = others.exec(clause)?.groups ?? {};
      if (who === undefined || rest === undefined) continue;
      const isThere =
        !NOT_THERE[language].test(rest) &&
        !TIME.test(rest) &&
        !ELSEWHERE.test(clause) &&
        (language === 'es' || THERE_EN.test(rest));
      const isDenied = language === 'es' && /\b(?:no|ni|tampoco)$/.test(clause.slice(0, clause.indexOf(who)).trim());
      if (isThere && !isDenied) return toOther(withAccents(who, text), language);
    }
  }
  return null;
}

/** The words as they were said, with accents. */
function withAccents(folded: string, text: string): string {
  const start = fold(text).indexOf(folded);
  return start < 0 ? folded : text.slice(start, start + folded.length);
}

function toOther(who: string, language: Language): OtherPerson {
  const said = HOUSEHOLD[language].test(fold(who)) ? toSecondPerson(who, language) : null;
  return said === null ? {} : { who: said };
}
