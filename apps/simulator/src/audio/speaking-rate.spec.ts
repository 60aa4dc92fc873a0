import { sayingMs } from './speaking-rate.js';

describe('sayingMs', () => {
  it('says 160 words a minute and pauses at the end of a sentence', () => {
    expect(sayingMs('word '.repeat(160))).toBe(60_000);
    expect(sayingMs('Good morning. How are you?')).toBe(5 * 375 + 2 * 250);
    expect(sayingMs('Code 4271')).toBe(5 * 375);
    expect(sayingMs('')).toBe(0);
  });
});
