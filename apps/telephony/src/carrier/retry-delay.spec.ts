import { retryDelayMs } from './retry-delay.js';

describe('retry delay of a request without effect', () => {
  it('doubles up to one minute, and is at least what the carrier asks for', () => {
    expect([1, 2, 3, 10].map((tries) => retryDelayMs(tries, undefined))).toEqual([2_000, 4_000, 8_000, 60_000]);
    expect(retryDelayMs(1, 90_000)).toBe(90_000);
  });
});
