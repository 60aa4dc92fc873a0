import { speakingTimeMs } from './speaking-rate.js';

describe('sayingMs', () => {
  it('counts 160 words per minute and a pause at the end of each sentence', () => {
    expect(speakingTimeMs('word '.repeat(160))).toBe(60_000);
    expect(speakingTimeMs('Good morning. How are you?')).toBe(5 * 375 + 2 * 250);
    expect(speakingTimeMs('Code 4271')).toBe(5 * 375);
    expect(speakingTimeMs('')).toBe(0);
  });
});
