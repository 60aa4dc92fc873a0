import fc from 'fast-check';
import { MAX_SHOWN, ShownResults } from './shown-cursor.js';

const ids = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => `rec_${from + at}`);

describe('results that earlier pages have shown', () => {
  it('are excluded on every later page, and no others are', () => {
    const first = ShownResults.read(undefined, 'dogs');
    expect(first.has('rec_1')).toBe(false);
    const second = ShownResults.read(first.cursorAfter(ids(0, 20)), 'dogs');
    const third = ShownResults.read(second.cursorAfter(ids(20, 40)), 'dogs');
    expect(ids(0, 60).filter((id) => third.has(id))).toEqual(ids(0, 40));
    expect(third.remaining).toBe(MAX_SHOWN - 40);
  });

  it('fit into the maximum length of a cursor', () => {
    const cursor = ShownResults.read(undefined, 'dogs').cursorAfter(ids(0, MAX_SHOWN));
    expect(cursor.length).toBeLessThanOrEqual(1_500);
    expect(ShownResults.read(cursor, 'dogs').remaining).toBe(0);
  });

  it('are rejected in a cursor of another search or an invented cursor', () => {
    const cursor = ShownResults.read(undefined, 'dogs').cursorAfter(ids(0, 2));
    expect(() => ShownResults.read(cursor, 'cats')).toThrow(
      expect.objectContaining({ code: 'invalid_request' }) as Error,
    );
    fc.assert(
      fc.property(fc.string(), (invented) => {
        expect(() => ShownResults.read(invented, 'dogs')).toThrow('nextCursor');
      }),
      { seed: 6 },
    );
  });
});
