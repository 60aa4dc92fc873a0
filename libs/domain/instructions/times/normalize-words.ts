import { SHORT_FORMS } from './time-phrase.words.js';

/** Writes "p . m ." as "pm" and "o clock" as one word. Positions of words do not matter after that. */
export function normalizeWords(words: readonly string[]): string[] {
  const text = ` ${words.join(' ')} `
    .replace(/ ([ap]) (?:\. )?m(?: \.)? /g, ' $1m ')
    .replace(/ ([ap])\.m /g, ' $1m ')
    .replace(/ ' (til|till) /g, ' $1 ')
    .replace(/ o clock /g, " o'clock ")
    .replace(/ lunch time /g, ' lunchtime ')
    .replace(/ mid day /g, ' midday ')
    .replace(/ medio dia /g, ' mediodia ')
    .replace(/ any time /g, ' anytime ')
    .replace(/ after noon /g, ' afternoon ')
    .replace(/ (\d+) p /g, ' $1 pm ')
    .replace(/ upto /g, ' up to ')
    .replace(/ either one /g, ' either ')
    .replace(/ (?:starting|from)(?: at)? (.{1,20}?) and (?:leaving|going out|out)(?: at| by)? /g, ' from $1 to ')
    .replace(/ (\d{1,2}) - (00|30|45) /g, ' $1:$2 ')
    .replace(/ (an other|a different|some other|otro) (day|dia|time) /g, ' another day ')
    .replace(/ (that|the same|same|that same|ese|ese mismo|el mismo|mismo) (day|dia) /g, ' ');
  return text
    .trim()
    .split(/ +/)
    .filter((word) => word !== '')
    .map((word) => SHORT_FORMS[word] ?? word.replace(/(?<=\w{3})ish$|'s$/, ''));
}
