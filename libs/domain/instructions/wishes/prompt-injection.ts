import { INJECTION_END, INJECTION_START } from './prompt-injection.words.js';

/**
 * Replaces prompt injections ("ignore all previous instructions") with spaces, so that all other words keep their
 * index. They are not instructions about the parcel, and any voice on the line may have said them.
 */
export function blankPromptInjections(
  text: string,
  folded: string,
): { readonly text: string; readonly folded: string } {
  const spans = [...folded.matchAll(INJECTION_START)].map(({ index, 0: match }) => {
    const from = index + match.length;
    // Punctuation is read from the original text, because the folded text has none.
    const endInText = /[.!?;](\s|$)/.exec(text.slice(from))?.index ?? Infinity;
    const endInFolded = INJECTION_END.exec(folded.slice(from))?.index ?? Infinity;
    return { start: index, end: Math.min(text.length, from + Math.min(endInText, endInFolded)) };
  });
  const blank = (original: string): string =>
    spans.reduce((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), original);
  return spans.length === 0 ? { text, folded } : { text: blank(text), folded: blank(folded) };
}
