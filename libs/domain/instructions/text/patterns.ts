/** An entry of a word list: a plain word or phrase is a string; one with variants is a small `RegExp`. */
export type Term = string | RegExp;

const toSource = (term: Term): string => (typeof term === 'string' ? term : term.source);

/**
 * Converts a list of words to terms. `*` at the end of a word matches any ending.
 * @example pattern`\b${terms('bell knock*')}\b`.test('knocking') // true
 */
export const terms = (words: string): readonly RegExp[] =>
  words.split(' ').map((word) => new RegExp(word.replace(/\*$/, String.raw`\w*`)));

/**
 * Returns the source of a non-capturing group that matches one of the terms. Of two terms that match at the same place,
 * the earlier one in the list counts.
 * @example anyOf(['bell', /door ?bell/]) // '(?:bell|door ?bell)'
 */
export const anyOf = (terms: readonly Term[]): string => `(?:${terms.map(toSource).join('|')})`;

/**
 * Creates a pattern from regular-expression text and word lists, each of which becomes a group of alternatives. Strings
 * and patterns are inserted as they are, so that a pattern with alternatives at its top level must bring its own group.
 * @example pattern`\b${['ring', 'knock']} twice\b` // /\b(?:ring|knock) twice\b/
 */
export function pattern(text: TemplateStringsArray, ...parts: readonly (Term | readonly Term[])[]): RegExp {
  const sources = parts.map((part) =>
    typeof part === 'string' || part instanceof RegExp ? toSource(part) : anyOf(part),
  );
  return new RegExp(String.raw(text, ...sources));
}

/** The same pattern with the `g` flag, as `matchAll` requires it. */
export const toGlobal = (source: RegExp): RegExp => new RegExp(source, 'g');

/** A global pattern for one of the terms as whole words. */
export const wholeWords = (terms: readonly Term[]): RegExp => toGlobal(pattern`\b${terms}\b`);
