import type { Language } from '../model/types.js';

/** Possessives of the speaker, and what is said back to them. */
const POSSESSIVES: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [[/\b(?:my|our)\b/gi, 'your']],
  es: [
    [/\b(?:mis|nuestr[oa]s)\b/gi, 'sus'],
    [/\b(?:mi|nuestr[oa])\b/gi, 'su'],
  ],
};
/** Words of the speaker that a change of possessives does not turn: they cannot be said back. */
const FIRST_PERSON: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:i|i'm|i'll|i've|me|we|us|mine|ours|you|your)\b/i,
  es: /\b(?:yo|me|nos|nosotros|conmigo|tengo|tenemos|vivo|vivimos|usted|ustedes|tu|te)\b/i,
};
/** Longer words are passed on as they are instead of being said back. */
const MAX_WORDS = 9;
const MAX_CHARACTERS = 80;
/** Maximum words of a place without an article or a preposition. */
const MAX_BARE_WORDS = 3;

/**
 * Turns a few words of the customer into words to them: "behind my shed" becomes "behind your shed".
 * @returns `null` if the words cannot be said back without the risk of changing their meaning
 */
export function toSecondPerson(words: string, language: Language): string | null {
  const text = words.trim().replace(/[.,;!?]+$/, '');
  const isShort = text.split(/\s+/).length <= MAX_WORDS && text.length <= MAX_CHARACTERS;
  if (!isShort || FIRST_PERSON[language].test(text) || /\d/.test(text)) return null;
  return POSSESSIVES[language].reduce((said, [possessive, back]) => said.replace(possessive, back), text);
}

const PREPOSITIONS: Readonly<Record<Language, RegExp>> = {
  en: /^(?:in|on|at|behind|under|underneath|by|beside|with|next|near|inside|outside|between|to|around|against|below|beneath|over|across|out|up|down|onto|into|through|along)\b/i,
  es: /^(?:en|sobre|bajo|debajo|detr[aá]s|atr[aá]s|con|junto|al|a|dentro|entre|cerca|encima|afuera|adentro|frente|por|tras|hacia)(?!\p{L})/iu,
};
const DETERMINERS: Readonly<Record<Language, RegExp>> = {
  en: /^(?:the|my|our|a|an)\b/i,
  es: /^(?:el|la|los|las|mi|mis|un|una)\b/i,
};

/**
 * The words of a place with a preposition, as said to the customer.
 * @param isPerson whether the place is a person, such as a neighbor
 * @returns `null` if the words are no place that can be said back
 */
export function toPlaceWords(words: string, isPerson: boolean, language: Language): string | null {
  const said = toSecondPerson(words, language);
  if (said === null) return null;
  if (PREPOSITIONS[language].test(said)) return said.replace(/^to\b/i, 'at');
  const withDeterminer = DETERMINERS[language].test(words.trim());
  if (isPerson) return `${language === 'es' ? 'con' : 'with'} ${said.replace(/['’]s$/, '')}`;
  if (withDeterminer) return `${language === 'es' ? 'en' : 'at'} ${said}`;
  // "Back porch", without an article.
  if (said.split(/\s+/).length > MAX_BARE_WORDS) return null;
  return language === 'es' ? `en ${said}` : `at the ${said}`;
}
