import { tryAgainAfterMs } from './try-again-after.js';

describe('trying again after a request without effect', () => {
  it('waits longer each time, a minute at most, and as long as the carrier asks', () => {
    expect([1, 2, 3, 10].map((tries) => tryAgainAfterMs(tries, undefined))).toEqual([2_000, 4_000, 8_000, 60_000]);
    expect(tryAgainAfterMs(1, 90_000)).toBe(90_000);
  });
});
