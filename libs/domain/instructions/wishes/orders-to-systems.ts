import { ENDS_BEFORE, ORDERS } from './orders-to-systems.words.js';

/**
 * Replaces every order to a machine by spaces, so that all other words keep their index. An order to "the system" is
 * not an instruction about the parcel, and the text may come from any voice on the line.
 */
export function withoutOrders(text: string, folded: string): { readonly text: string; readonly folded: string } {
  const spans = [...folded.matchAll(ORDERS)].map(({ index, 0: match }) => {
    const from = index + match.length;
    // Punctuation is read from the original text, because the folded text has none.
    const inText = /[.!?;](\s|$)/.exec(text.slice(from))?.index ?? Infinity;
    const inWords = ENDS_BEFORE.exec(folded.slice(from))?.index ?? Infinity;
    return { start: index, end: Math.min(text.length, from + Math.min(inText, inWords)) };
  });
  const blank = (words: string): string =>
    spans.reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), words);
  return spans.length === 0 ? { text, folded } : { text: blank(text), folded: blank(folded) };
}
