import fc from 'fast-check';
import { MAX_SHOWN, ShownResults } from './shown-cursor.js';

const createIds = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `rec_${from + index}`);

describe('results that earlier pages have shown', () => {
  it('are excluded on every later page, and no others are', () => {
    const firstPage = ShownResults.read(undefined, 'dogs');
    expect(firstPage.has('rec_1')).toBe(false);
    const secondPage = ShownResults.read(firstPage.cursorAfter(createIds(0, 20)), 'dogs');
    const thirdPage = ShownResults.read(secondPage.cursorAfter(createIds(20, 40)), 'dogs');
    expect(createIds(0, 60).filter((id) => thirdPage.has(id))).toEqual(createIds(0, 40));
    expect(thirdPage.remaining).toBe(MAX_SHOWN - 40);
  });

  it('fit into the maximum length of a cursor', () => {
    const cursor = ShownResults.read(undefined, 'dogs').cursorAfter(createIds(0, MAX_SHOWN));
    expect(cursor.length).toBeLessThanOrEqual(1_500);
    expect(ShownResults.read(cursor, 'dogs').remaining).toBe(0);
  });

  it('are rejected if the cursor belongs to another search or was not issued', () => {
    const cursor = ShownResults.read(undefined, 'dogs').cursorAfter(createIds(0, 2));
    expect(() => ShownResults.read(cursor, 'cats')).toThrow(
      expect.objectContaining({ code: 'invalid_request' }) as Error,
    );
    fc.assert(
      fc.property(fc.string(), (arbitraryText) => {
        expect(() => ShownResults.read(arbitraryText, 'dogs')).toThrow('nextCursor');
      }),
      { seed: 6 },
    );
  });
});
