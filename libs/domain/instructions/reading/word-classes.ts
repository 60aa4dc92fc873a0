import { WORD_CLASSES, type WordClass } from './word-classes.words.js';

const NAMES = Object.keys(WORD_CLASSES) as readonly WordClass[];

/** Number of classes. A class is identified by its index. */
export const CLASS_COUNT = NAMES.length;

const MIN_STEM = 3;
const words = new Map<string, number[]>();
const stems = new Map<string, number[]>();

NAMES.forEach((name, index) => {
  for (const entry of WORD_CLASSES[name].split(' ')) {
    const isStem = entry.endsWith('*');
    const map = isStem ? stems : words;
    const key = isStem ? entry.slice(0, -1) : entry;
    map.set(key, [...(map.get(key) ?? []), index]);
  }
});

const NONE: readonly number[] = [];

/** Returns the indexes of the classes of a folded word. Empty for a word without a class. */
export function classesOf(word: string): readonly number[] {
  const exact = words.get(word) ?? words.get(word.replace(/'s$/, ''));
  if (exact) return exact;
  for (let length = Math.min(word.length, 12); length >= MIN_STEM; length -= 1) {
    const stem = stems.get(word.slice(0, length));
    if (stem) return stem;
  }
  return NONE;
}

/** The index of a class. */
export const indexOf = (name: WordClass): number => NAMES.indexOf(name);
