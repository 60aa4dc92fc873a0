import { toRetryDelayMs } from './retry-delay.js';

describe('toRetryDelayMs', () => {
  it('doubles up to one minute, and is at least the delay that the carrier requested', () => {
    expect([1, 2, 3, 10].map((tries) => toRetryDelayMs(tries, undefined))).toEqual([2_000, 4_000, 8_000, 60_000]);
    expect(toRetryDelayMs(1, 90_000)).toBe(90_000);
  });
});
