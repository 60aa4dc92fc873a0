import { readPieces } from '../codes/read-code.js';
import type { Recipient } from '../model/types.js';
import { AFTER_COUNT, BEFORE_COMMON_NOUN, NOT_NAMES, UNIT_WORDS } from './people.words.js';

/** A word of a person, folded and as it was written. */
export interface PersonWord {
  readonly text: string;
  readonly written: string;
}

/**
 * Reads the name and the door of a person.
 * @param person words that are tagged as a person
 * @param unit words that are tagged as the person's door, elsewhere in the text
 */
export function readPerson(person: readonly PersonWord[], unit: readonly PersonWord[] = []): Recipient {
  const folded = person.map(({ text }) => text);
  const own = findUnit(folded);
  const apart = own ? null : readUnit(unit.map(({ text }) => text));
  return { name: findName(person, own?.from ?? person.length), unit: own?.value ?? apart };
}

/** Reads the number of a door: "apartment twelve" is "12", "4 b" is "4B". `null` if the words contain none. */
export const readUnit = (words: readonly string[]): string | null => findUnit(words)?.value ?? null;

function findUnit(words: readonly string[]): { readonly value: string; readonly from: number } | null {
  for (let at = 0; at < words.length; at += 1) {
    const isNamed = UNIT_WORDS.has(words[at] ?? '');
    const start = isNamed ? skipUnitWords(words, at) : at;
    const { value, to } = readPieces(words, start);
    const isCount = AFTER_COUNT.has(words[to] ?? '') && !isNamed;
    const isLetterOnly = !/\d/.test(value);
    if (value === '' || isCount || value.length > 6 || (isLetterOnly && !(isNamed && value.length === 1))) continue;
    if (!isNamed && /^(one|un|una|uno|a)$/.test(words[at] ?? '') && to === at + 1) continue;
    return { value, from: at };
  }
  return null;
}

function skipUnitWords(words: readonly string[], at: number): number {
  let next = at;
  while (UNIT_WORDS.has(words[next] ?? '') || /^(\.|number|the|el|la|#|de)$/.test(words[next] ?? '')) next += 1;
  return next;
}

/** Returns the first consecutive words that are a name. */
function findName(person: readonly PersonWord[], end: number): string | null {
  const isName = (at: number): boolean => {
    const { text } = person[at] ?? { text: '' };
    if (TITLES.has(text)) return at < end && isPlainName(at + (person[at + 1]?.text === '.' ? 2 : 1));
    return isPlainName(at);
  };
  const isPlainName = (at: number): boolean => {
    const { text } = person[at] ?? { text: '' };
    return (
      at < end &&
      /^\p{L}[\p{L}'’-]*$/u.test(text) &&
      text.length > 1 &&
      !NOT_NAMES.has(text) &&
      !UNIT_WORDS.has(text) &&
      !text.endsWith("'s") &&
      !/(ing|n't|'ll|'re|'ve|'d)$/.test(text)
    );
  };
  const isPossessed = /^(?:my|our|mi|mis|nuestr[oa]s?)$/.test(person[0]?.text ?? '');
  for (let at = 0; at < end; at += 1) {
    const isNoun = BEFORE_COMMON_NOUN.has(person[at - 1]?.text ?? '') && !/^\p{Lu}/u.test(person[at]?.written ?? '');
    // "My hearing aids" are no one: after "my" a name follows a word for a person.
    const isThing = isPossessed && at > 0 && !NOT_NAMES.has(person[at - 1]?.text ?? '');
    if (!isName(at) || isNoun || isThing) continue;
    let to = at + 1;
    while ((isPlainName(to) || (person[to]?.text === '.' && isPlainName(to + 1))) && to < at + 4) to += 1;
    const isSpanishTitle = SPANISH_TITLES.has(person[at]?.text ?? '');
    return person
      .slice(isSpanishTitle ? at + 1 : at, to)
      .filter(({ text }) => text !== '.')
      .map(({ written }) => capitalize(written))
      .join(' ');
  }
  return null;
}

/** Reads an introduced name: "her name's Janet", "se llama Beto". `null` if the words contain no such name. */
export function findGivenName(words: readonly PersonWord[]): string | null {
  for (let at = 0; at + 1 < words.length; at += 1) {
    const [word, next] = [words[at]?.text ?? '', words[at + 1]?.text ?? ''];
    const isNaming =
      /^(named|called|llama|llamada|llamado)$/.test(word) ||
      word === "name's" ||
      (/^(?:ask|asking|pregunte|pregunten)$/.test(word) && /^(?:for|por)$/.test(next)) ||
      (word === 'name' && next !== 'and') ||
      (word === 'nombre' && next === 'es');
    if (!isNaming) continue;
    const hasVerb = (word === 'name' && /^(is|s)$/.test(next)) || word === 'nombre' || /^(?:for|por)$/.test(next);
    const from = hasVerb ? at + 2 : at + 1;
    const name = findName(words.slice(from, from + 2), 2);
    if (name !== null) return name;
  }
  return null;
}

const TITLES: ReadonlySet<string> = new Set(['mr', 'mrs', 'ms', 'miss', 'mister', 'dr', 'don', 'dona', 'sr', 'sra']);

/** Spanish titles, which are not part of a name. English titles are: "Mrs Ahmed". */
const SPANISH_TITLES: ReadonlySet<string> = new Set(['don', 'dona', 'sr', 'sra']);

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
