import fc from 'fast-check';
import { spokenWords } from '../../bench/speech/spoken-words.js';
import { countWordErrors, wordErrorRate } from '../../bench/speech/word-error-rate.js';

const countErrors = (said: string, heard: string): number => {
  const { substitutions, deletions, insertions } = countWordErrors(spokenWords(said), spokenWords(heard));
  return substitutions + deletions + insertions;
};

describe('spokenWords', () => {
  it.each([
    ['Leave it at the FRONT door, please!', 'leave it at the front door please'],
    ["I’m home; don't ring.", 'im home dont ring'],
    ['After 6 p.m. or 7PM', 'after six p m or seven p m'],
    ['I am at home at 9 a.m.', 'i am at home at nine a m'],
    ['Apartment 12, twenty-one steps', 'apartment twelve twenty one steps'],
    ['The code is 4271#', 'the code is four two seven one'],
    ['Code 07', 'code zero seven'],
    ['at 6:30', 'at six thirty'],
    ['March 3rd, the 21st and the 20th', 'march third the twenty first and the twentieth'],
    ['déjelo en el garaje', 'déjelo en el garaje'],
    ['—', ''],
  ])('reads “%s” as “%s”', (text, words) => {
    expect(spokenWords(text).join(' ')).toBe(words);
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const words = spokenWords(text);
        expect(spokenWords(words.join(' '))).toEqual(words);
      }),
    );
  });
});

describe('countWordErrors', () => {
  it.each([
    ['the same', 'leave it at the door', 'Leave it, at the door.', { substitutions: 0, deletions: 0, insertions: 0 }],
    ['another word', 'the gate code', 'the late code', { substitutions: 1, deletions: 0, insertions: 0 }],
    ['a missing word', 'do not ring', 'do ring', { substitutions: 0, deletions: 1, insertions: 0 }],
    ['an additional word', 'do ring', 'do not ring', { substitutions: 0, deletions: 0, insertions: 1 }],
    ['nothing recognized', 'do ring', '', { substitutions: 0, deletions: 2, insertions: 0 }],
    ['words recognized in silence', '', 'thank you', { substitutions: 0, deletions: 0, insertions: 2 }],
  ])('counts %s', (_what, said, heard, expected) => {
    expect(countWordErrors(spokenWords(said), spokenWords(heard))).toMatchObject(expected);
  });

  it('is a metric: zero to itself, symmetric, and subject to the triangle inequality', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    const distance = (x: readonly string[], y: readonly string[]): number => countErrors(x.join(' '), y.join(' '));
    fc.assert(
      fc.property(words, words, words, (x, y, z) => {
        expect(distance(x, x)).toBe(0);
        expect(distance(x, y)).toBe(distance(y, x));
        expect(distance(x, z)).toBeLessThanOrEqual(distance(x, y) + distance(y, z));
      }),
    );
  });
});

describe('wordErrorRate', () => {
  it('weights texts by their number of words', () => {
    const long = countWordErrors(spokenWords('one two three four five six seven eight nine'), []);
    const short = countWordErrors(['yes'], ['yes']);
    expect(wordErrorRate([long, short])).toBeCloseTo(0.9);
  });

  it('is null if the reference text has no words', () => {
    expect(wordErrorRate([countWordErrors([], [])])).toBeNull();
  });
});
