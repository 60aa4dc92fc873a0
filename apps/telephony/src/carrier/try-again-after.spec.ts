import { tryAgainAfterMs } from './try-again-after.js';

describe('retry delay of a request without effect', () => {
  it('doubles up to one minute, and is at least what the carrier asks for', () => {
    expect([1, 2, 3, 10].map((tries) => tryAgainAfterMs(tries, undefined))).toEqual([2_000, 4_000, 8_000, 60_000]);
    expect(tryAgainAfterMs(1, 90_000)).toBe(90_000);
  });
});
