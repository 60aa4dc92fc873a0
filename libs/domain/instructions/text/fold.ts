const PUNCTUATION = /[,;!?¿¡"“”()…]/;

/**
 * Normalizes a text for the grammars: lower case, no accents, ASCII apostrophes, spaces for punctuation. Every
 * character keeps its index, so that the position of a match is valid in the original text.
 */
export function fold(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index += 1)
    folded += LATIN[text.charCodeAt(index)] ?? foldCharacter(text.charAt(index));
  return folded;
}

function foldCharacter(character: string): string {
  if (/[a-z0-9 ]/.test(character)) return character;
  if (character === '’' || character === '‘' || character === '`') return "'";
  if (character === '–' || character === '—') return '-';
  if (PUNCTUATION.test(character) || /\s/.test(character)) return ' ';
  // Drops accents and case. A character whose length would change (ß, İ) stays as it is.
  const plain = character.normalize('NFD').charAt(0).toLowerCase();
  return plain.length === 1 ? plain : character;
}

/** Folded characters by code, for the most frequent characters. */
const LATIN: readonly string[] = Array.from({ length: 0x250 }, (_, code) => foldCharacter(String.fromCharCode(code)));
