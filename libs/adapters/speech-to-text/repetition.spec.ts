import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { endsInLoop } from './repetition.js';

const repeat = <T>(count: number, phrase: readonly T[]): T[] => Array.from({ length: count }, () => phrase).flat();

describe('endsInLoop', () => {
  it.each([
    ['one token', repeat(12, [7])],
    ['a short phrase', repeat(4, [1, 2, 3])],
    ['a long phrase', repeat(4, [1, 2, 3, 4, 5, 6, 7, 8])],
    ['a phrase after speech', [9, 8, 7, 6, ...repeat(6, [1, 2])]],
  ])('detects the repetition of %s', (_case, tokens) => {
    expect(endsInLoop(tokens)).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['“no, no, no, no”', repeat(4, [1, 2])],
    ['a number with equal digits', repeat(8, [5])],
    ['a phrase said three times', repeat(3, [1, 2, 3, 4, 5])],
    ['a repetition before other speech', [...repeat(12, [7]), 8, 9]],
  ])('accepts %s as speech', (_case, tokens) => {
    expect(endsInLoop(tokens)).toBe(false);
  });

  it('detects any phrase of up to 16 tokens that is repeated often enough', () => {
    const token = fc.nat(30);
    fc.assert(
      fc.property(fc.array(token), fc.array(token, { minLength: 1, maxLength: 16 }), (before, phrase) => {
        return endsInLoop([...before, ...repeat(Math.max(4, Math.ceil(12 / phrase.length)), phrase)]);
      }),
    );
  });

  it('never reports a loop in a sequence without repeated tokens', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat()), (tokens) => !endsInLoop(tokens)));
  });
});
