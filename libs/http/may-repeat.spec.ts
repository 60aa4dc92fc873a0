import { mayRepeat } from './may-repeat.js';

describe('mayRepeat', () => {
  const facts = { maybeSent: true, isAnswered: false, isCanceled: false };

  it.each([
    ['what certainly was not sent, even if a second arrival does harm', { ...facts, maybeSent: false }, false, true],
    ['what certainly was not sent', { ...facts, maybeSent: false }, true, true],
    ['what may have arrived and does no harm twice', facts, true, true],
    ['what may have arrived and does harm twice', facts, false, false],
    ['what was answered with nonsense', { ...facts, isAnswered: true }, true, false],
    ['what ran out of time', { ...facts, isCanceled: true }, true, false],
    ['what ran out of time before it was sent', { ...facts, maybeSent: false, isCanceled: true }, true, false],
  ])('decides on %s', (_what, given, isRepeatable, expected) => {
    expect(mayRepeat(given, isRepeatable)).toBe(expected);
  });
});
