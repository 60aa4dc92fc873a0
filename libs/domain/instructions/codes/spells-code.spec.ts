import { spellsCode } from './spells-code.js';

describe('spelling a code', () => {
  it.each([
    ['the code is four two seven one', '4271'],
    ['its 4271', '4271'],
    ['42 71 pound', '4271#'],
    ['a four five two b', 'A452B'],
    ['double seven one two', '7712'],
    ['four uh two seven one', '4271'],
    ['won two three for', '1234'],
  ])('accepts “%s” for %s', (words, code) => {
    expect(spellsCode(words, code)).toBe(true);
  });

  it.each([
    ['the code is four two seven one', '4272'],
    ['the gate has a code', '1234'],
    ['four two and the flat is seven one', '4271'],
    ['leave it at the door', ''],
  ])('rejects “%s” for “%s”', (words, code) => {
    expect(spellsCode(words, code)).toBe(false);
  });
});
