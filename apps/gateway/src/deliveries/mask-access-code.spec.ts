import { maskAccessCode } from './mask-access-code.js';

const transcript = 'leave it in the garage, the code is four five one two, thanks';
const codePhrase = 'the code is four five one two';
const start = transcript.indexOf(codePhrase);
const delivery = {
  deliveryId: 'dlv_1',
  transcript,
  instructions: {
    safePlace: { value: 'garage', confidence: 1, source: 'keys' },
    accessCode: {
      value: '4512',
      confidence: 0.9,
      source: 'analysis',
      evidence: { start, end: start + codePhrase.length, text: codePhrase },
    },
    complexity: 2,
  },
};

describe('maskAccessCode', () => {
  it('masks an access code in every field, including the words in which it was found', () => {
    const masked = maskAccessCode({ items: [delivery, delivery] });
    expect(JSON.stringify(masked)).not.toMatch(/4512|four five/);
    expect(masked.items[1]).toMatchObject({
      transcript: 'leave it in the garage, ••••, thanks',
      instructions: { safePlace: { value: 'garage' }, accessCode: { value: '••••', evidence: { text: '••••' } } },
    });
  });

  it('leaves a payload without an access code unchanged', () => {
    const plain = { transcript, window: { start: 'a', end: 'b' }, instructions: { complexity: 1 }, none: null, n: [1] };
    expect(maskAccessCode(plain)).toEqual(plain);
  });
});
