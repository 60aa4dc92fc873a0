import { describe, expect, it } from 'vitest';

import { decodeTokens, parseVocabulary } from './tokenizer.js';

const encodeEntry = (text: string) => {
  const bytes = Buffer.from(text);
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length % 128) + 128, Math.floor(bytes.length / 128)];
  return Buffer.concat([Buffer.from(length), bytes]);
};
const createVocabulary = (...tokens: string[]) => parseVocabulary(Buffer.concat(tokens.map(encodeEntry)));

describe('parseVocabulary', () => {
  it('parses tokens of any length, including empty ones', () => {
    const long = 'x'.repeat(300);
    expect(createVocabulary('<unk>', '', long, 'ab').map(String)).toEqual(['<unk>', '', long, 'ab']);
  });

  it('rejects a truncated file', () => {
    expect(() => parseVocabulary(Buffer.concat([encodeEntry('abc'), Buffer.from([5, 97])]))).toThrow(RangeError);
  });
});

describe('decodeTokens', () => {
  it('joins word pieces, converts space marks to single spaces and omits special tokens', () => {
    const vocabulary = createVocabulary('<unk>', '<s>', '</s>', '▁at', '▁six', '▁', "'s");
    expect(decodeTokens(vocabulary, [1, 3, 5, 4, 6, 2])).toBe("at six's");
  });

  it('decodes a character that spans several tokens', () => {
    const [first = 0, second = 0] = Buffer.from('ñ');
    const specialTokens = Buffer.concat([encodeEntry('<unk>'), encodeEntry('<s>'), encodeEntry('</s>')]);
    const vocabulary = parseVocabulary(
      Buffer.concat([specialTokens, encodeEntry('ma'), Buffer.from([1, first, 1, second]), encodeEntry('ana')]),
    );
    expect(decodeTokens(vocabulary, [3, 4, 5, 6])).toBe('mañana');
  });
});
