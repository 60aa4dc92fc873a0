import { readFile } from 'node:fs/promises';

/** Numbers in [0, 1). */
type Random = () => number;

/** The longest text that an analyst gets, in characters. */
export const MAX_CHARACTERS = 10_000;

/** Words on which grammars have many choices: bounds, numbers, negations, names of keys and letters, and signs. */
const TRAPS =
  'no not never nada until hasta before antes de after despues between and y o or a las la el the one two dos once twenty veinte half past to quarter menos star pound asterisco gato be ce b as in boy if si unless code codigo call llamen stop send it back leave porch puerta , . ; - – " \' ( ) # * 1 12 4521 10:30 ♪ 🛑'.split(
    ' ',
  );
const ALPHABETS = [
  'ab ',
  '    a',
  '0123456789 *#',
  'no sí ',
  '\u0301a\u200bé ß İ ﬁ ',
  '😀🛑👩‍👩‍👧 ',
  '\t\n\r ',
  '.,;:!?¿¡ ',
] as const;

/** A kind of text, by its name. */
export interface TextKind {
  readonly name: string;
  create(random: Random): string;
}

/** Texts that cost a linear analyst no more than others of their length. */
export async function createTextKinds(utterancesFile: string): Promise<readonly TextKind[]> {
  const lines = (await readFile(utterancesFile, 'utf8')).split('\n').filter((line) => line !== '');
  const utterances = lines.map((line) => (JSON.parse(line) as { readonly text: string }).text);
  const joined = (words: readonly string[], separator: string) => (random: Random) => {
    let text = '';
    for (const length = toLength(random); text.length < length;) text += pick(words, random) + separator;
    return text.slice(0, MAX_CHARACTERS);
  };
  return [
    { name: 'what people said, one', create: (random) => pick(utterances, random) },
    { name: 'what people said, joined', create: joined(utterances, ' ') },
    { name: 'words with many choices', create: joined(TRAPS, ' ') },
    {
      name: 'one word again and again',
      create: (random) => `${pick(TRAPS, random)} `.repeat(Math.ceil(toLength(random) / 3)).slice(0, MAX_CHARACTERS),
    },
    {
      name: 'two words in turn',
      create: (random) =>
        `${pick(TRAPS, random)} ${pick(TRAPS, random)} `.repeat(toLength(random) / 4).slice(0, MAX_CHARACTERS),
    },
    {
      name: 'few characters',
      create: (random) => {
        const alphabet = [...pick(ALPHABETS, random)];
        return Array.from({ length: toLength(random) }, () => pick(alphabet, random)).join('');
      },
    },
    {
      name: 'any characters',
      create: (random) =>
        Array.from({ length: toLength(random) }, () => String.fromCharCode(32 + Math.floor(random() * 0x2000))).join(
          '',
        ),
    },
    {
      name: 'one word without end',
      create: (random) => pick(['a', 'no', '1', 'ñ'], random).repeat(toLength(random)).slice(0, MAX_CHARACTERS),
    },
  ];
}

/** Short and long texts alike. */
const toLength = (random: Random): number => Math.ceil(MAX_CHARACTERS ** (0.3 + 0.7 * random()));

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;
