import { anyOf, toGlobal, pattern, terms, wholeWords } from './patterns.js';

describe('patterns from word lists', () => {
  it('joins words and small patterns into one group', () => {
    expect(anyOf(['bell', /door ?bell/])).toBe('(?:bell|door ?bell)');
  });

  it('inserts lists as groups, and strings and patterns as they are', () => {
    const composed = pattern`^${['ring', 'knock']}( ${'twice'})? ${/at (the|my) door/}$`;
    expect(composed.source).toBe('^(?:ring|knock)( twice)? at (the|my) door$');
    expect(composed.flags).toBe('');
  });

  it('lets a word of a list have any ending', () => {
    const listed = pattern`^${terms("don't knock*")}$`;
    expect(["don't", 'knock', 'knocking', 'don', 'unknocked'].map((word) => listed.test(word))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('keeps the backslashes of the text', () => {
    expect(pattern`\b${['a', /\d+/]}\b`.source).toBe(String.raw`\b(?:a|\d+)\b`);
  });

  it('finds whole words toGlobal in a text', () => {
    const found = [...'ring the bell, bells, bell'.matchAll(wholeWords(['bell']))].map(({ index }) => index);
    expect(found).toEqual([9, 22]);
    expect(toGlobal(/a/).flags).toBe('g');
  });
});
