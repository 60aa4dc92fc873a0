import { estimateSpeakingTimeMs } from './speaking-rate.js';

describe('estimateSpeakingTimeMs', () => {
  it('counts 160 words per minute and a pause at the end of each sentence', () => {
    expect(estimateSpeakingTimeMs('word '.repeat(160))).toBe(60_000);
    expect(estimateSpeakingTimeMs('Good morning. How are you?')).toBe(5 * 375 + 2 * 250);
    expect(estimateSpeakingTimeMs('Code 4271')).toBe(5 * 375);
    expect(estimateSpeakingTimeMs('')).toBe(0);
  });
});
