/** Average pace of Twilio's standard voices: 160 words a minute. */
const msPerWord = 375;
const msPerSentenceEnd = 250;

/**
 * Estimates how long a text-to-speech voice takes to say a text, in milliseconds. A digit counts as a word, because
 * codes are read digit by digit.
 */
export function speakingTimeMs(text: string): number {
  const words = text.match(/\p{L}[\p{L}'’-]*|\d/gu)?.length ?? 0;
  const sentences = text.match(/[.!?;:]+(?=\s|$)/gu)?.length ?? 0;
  return words * msPerWord + sentences * msPerSentenceEnd;
}
