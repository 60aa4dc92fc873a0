import { shouldRetry } from './should-retry.js';

describe('shouldRetry', () => {
  const facts = { maybeSent: true, hasInvalidResponse: false, isCanceled: false };

  it.each([
    ['a request that is not idempotent and was not sent', { ...facts, maybeSent: false }, false, true],
    ['an idempotent request that was not sent', { ...facts, maybeSent: false }, true, true],
    ['an idempotent request that may have been sent', facts, true, true],
    ['a request that is not idempotent and may have been sent', facts, false, false],
    ['a request with an invalid response', { ...facts, hasInvalidResponse: true }, true, false],
    ['a canceled request', { ...facts, isCanceled: true }, true, false],
    ['a request that was canceled before it was sent', { ...facts, maybeSent: false, isCanceled: true }, true, false],
  ])('decides on %s', (_case, failure, isIdempotent, expected) => {
    expect(shouldRetry(failure, isIdempotent)).toBe(expected);
  });
});
