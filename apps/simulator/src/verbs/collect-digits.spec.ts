import { collectDigits } from './collect-digits.js';

describe('collectDigits', () => {
  it.each([
    [
      'stops at the given number of keys',
      '123',
      { numDigits: 2, finishOnKey: '#' },
      { digits: '12', finishedOnKey: '', endsBySilence: false, keysUsed: 2 },
    ],
    [
      'stops at the finish key and leaves it out',
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
      'treats # as a digit without a finish key',
      '4#',
      { numDigits: undefined, finishOnKey: '' },
      { digits: '4#', finishedOnKey: '', endsBySilence: true, keysUsed: 2 },
    ],
    [
      'collects no digits if only the finish key was pressed',
      '#',
      { numDigits: 1, finishOnKey: '#' },
      { digits: '', finishedOnKey: '#', endsBySilence: false, keysUsed: 1 },
    ],
  ])('%s', (_what, keys, rules, expected) => {
    expect(collectDigits(keys, rules)).toEqual(expected);
  });
});
