const PUNCTUATION = /[,;!?¿¡"“”()…]/;

/**
 * The text as the grammars read it: lower case, without accents, plain apostrophes, pauses as spaces. Every character
 * keeps its index, so that a match in the folded text is evidence in the original.
 */
export function fold(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index += 1) folded += foldCharacter(text.charAt(index));
  return folded;
}

function foldCharacter(character: string): string {
  if (/[a-z0-9 ]/.test(character)) return character;
  if (character === '’' || character === '‘' || character === '`') return "'";
  if (character === '–' || character === '—') return '-';
  if (PUNCTUATION.test(character) || /\s/.test(character)) return ' ';
  // Accents and case; what would change its length (ß, İ) stays as it is.
  const plain = character.normalize('NFD').charAt(0).toLowerCase();
  return plain.length === 1 ? plain : character;
}
