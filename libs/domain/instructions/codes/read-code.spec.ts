import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { tokenize } from '../reading/tokens.js';
import { readCode } from './read-code.js';

const read = (text: string): string | null => readCode(tokenize(text, 100).map((token) => token.text));

describe('a spelled access code', () => {
  it.each([
    ['four five two one', '4521'],
    ['forty five twenty one', '4521'],
    ['double four seven oh', '4470'],
    ['nought four nought six', '0406'],
    ['aught seven one two', '0712'],
    ['star four four one two', '*4412'],
    ['pound one nine seven five', '#1975'],
    ['4521 then the hash key', '4521#'],
    ['b four two zero', 'B420'],
    ['A as in apple one two three', 'A123'],
    ['m as in mary 9 0 2', 'M902'],
    ['c for charlie then zero four two five', 'C0425'],
    ['twenty oh one', '2001'],
    ['one hundred and five', '105'],
    ['cuarenta y cinco veintiuno', '4521'],
    ['mil doscientos', '1200'],
    ['A de Ana uno dos tres', 'A123'],
    ['asterisco uno nueve ocho cuatro gato', '*1984#'],
    ['signo de número 4521', '#4521'],
    ['be grande ve chica dos dos', 'BV22'],
    ['doble siete tres cero', '7730'],
    ['four to seven . one', '4271'],
  ])('%s is %s', (words, code) => {
    expect(read(words)).toBe(code);
  });

  it.each([
    ['a word that is no part of a code', 'four five something two'],
    ['a word at the end that may be a digit', 'four seven one to'],
    ['a short one with a digit that was heard as another word', 'four to seven'],
    ['letters alone', 'a b c'],
    ['one digit', 'seven'],
    ['more than twelve characters', '1 2 3 4 5 6 7 8 9 0 1 2 3'],
    ['nothing', ''],
  ])('is absent with %s', (_case, words) => {
    expect(read(words)).toBeNull();
  });

  it('ends before the English word "once"', () => {
    expect(read('4521 once')).toBe('4521');
    expect(read('once doce')).toBe('1112');
  });

  it('spells every digit that was said, in order, and no other', () => {
    const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { minLength: 2, maxLength: 12 }), (said) => {
        expect(read(said.map((digit) => digits[digit]).join(' '))).toBe(said.join(''));
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  it('is absent as soon as any unknown word stands in it', () => {
    const words = fc.array(fc.constantFrom('four', 'five', '7', 'star', 'double six'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(read([...before, 'xylophone', ...after].join(' '))).toBeNull();
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});
