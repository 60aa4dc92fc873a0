import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { toSnippets } from './snippets.js';
import { toWords } from './words.js';

const findHighlighted = (text: string, query: string): string[] =>
  toSnippets(text, query).flatMap((piece) => piece.highlights.map(({ start, end }) => piece.text.slice(start, end)));

describe('toWords', () => {
  it('returns words of letters and digits in lower case without accents, and ignores operators and markup', () => {
    expect(toWords('-"Garaje"  {$ne:1} Jalapeño’s <b>').map(({ text }) => text)).toEqual([
      'garaje',
      'ne',
      '1',
      "jalapeno's",
      'b',
    ]);
  });
});

describe('toSnippets', () => {
  it('highlights the words of the query in any form, case or accent', () => {
    expect(findHighlighted('Leave it in the Garage, both garages are open.', 'garage')).toEqual(['Garage', 'garages']);
    expect(findHighlighted('Déjelo en el balcón', 'balcon')).toEqual(['balcón']);
    expect(findHighlighted('the art of the article', 'art')).toEqual(['art']);
  });

  it('returns the start of a text without a match, and nothing for an empty text', () => {
    expect(toSnippets('Leave it at the door.', 'shed')).toEqual([
      { text: 'Leave it at the door.', offset: 0, highlights: [] },
    ]);
    expect(toSnippets('', 'shed')).toEqual([]);
  });

  it('cuts a long text into several snippets that start and end at word boundaries', () => {
    const filler = 'and then we went on talking about other things '.repeat(12);
    const text = `${filler}the garage ${filler}my garage ${filler}`;
    const pieces = toSnippets(text, 'garage');
    expect(pieces).toHaveLength(2);
    for (const piece of pieces) {
      expect(text.slice(piece.offset, piece.offset + piece.text.length)).toBe(piece.text);
      expect(text[piece.offset - 1]).toBe(' ');
      expect(piece.text.length).toBeLessThanOrEqual(240);
    }
  });

  it('returns pieces of the text with valid spans, for any text', () => {
    const word = fc.constantFrom('garage', 'gate', '😀', 'x', 'déjelo', ' ', '.', 'a'.repeat(300), '𝒳');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), fc.array(word, { maxLength: 5 }), (words, queryWords) => {
        const text = words.join(' ');
        for (const piece of toSnippets(text, queryWords.join(' '))) {
          expect(text.slice(piece.offset, piece.offset + piece.text.length)).toBe(piece.text);
          expect(piece.text.isWellFormed()).toBe(true);
          expect(piece.text.length).toBeLessThanOrEqual(500);
          for (const { start, end } of piece.highlights) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(piece.text.length);
          }
        }
      }),
      { seed: 4, numRuns: propertyRuns(500) },
    );
  });
});
