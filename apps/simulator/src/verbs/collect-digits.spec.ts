import { collectDigits } from './collect-digits.js';

describe('collectDigits', () => {
  it.each([
    [
      'stops at the wanted number of keys',
      '123',
      { numDigits: 2, finishOnKey: '#' },
      { digits: '12', finishedOnKey: '', endsBySilence: false, keysUsed: 2 },
    ],
    [
      'stops at the finishing key and leaves it out',
      '42#9',
      { numDigits: undefined, finishOnKey: '#' },
      { digits: '42', finishedOnKey: '#', endsBySilence: false, keysUsed: 3 },
    ],
    [
      'waits for silence otherwise',
      '42',
      { numDigits: undefined, finishOnKey: '#' },
      { digits: '42', finishedOnKey: '', endsBySilence: true, keysUsed: 2 },
    ],
    [
      'takes # as a digit when nothing finishes',
      '4#',
      { numDigits: undefined, finishOnKey: '' },
      { digits: '4#', finishedOnKey: '', endsBySilence: true, keysUsed: 2 },
    ],
    [
      'has nothing when only the finishing key came',
      '#',
      { numDigits: 1, finishOnKey: '#' },
      { digits: '', finishedOnKey: '#', endsBySilence: false, keysUsed: 1 },
    ],
  ])('%s', (_what, keys, rules, expected) => {
    expect(collectDigits(keys, rules)).toEqual(expected);
  });
});
