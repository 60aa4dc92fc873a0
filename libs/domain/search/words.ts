/** A word of a text, with its span in UTF-16 code units. */
export interface Word {
  /** Folded: lower case, without accents. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;

/** `Jalapeño’s` becomes `jalapeno's`. */
const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();

/** Splits a text into words of letters and digits, with their spans. Everything else is ignored. */
export function toWords(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
