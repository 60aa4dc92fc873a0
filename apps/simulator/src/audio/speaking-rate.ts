/** 160 words per minute, the average pace of Twilio's standard voices. */
const MS_PER_WORD = 375;
/** Duration of the pause after a sentence or clause. */
const MS_PER_PAUSE = 250;

/**
 * Estimates how long a text-to-speech voice takes to say a text, in milliseconds. A digit counts as a word, because
 * codes are read digit by digit.
 */
export function estimateSpeakingTimeMs(text: string): number {
  const words = text.match(/\p{L}[\p{L}'’-]*|\d/gu)?.length ?? 0;
  const pauses = text.match(/[.!?;:]+(?=\s|$)/gu)?.length ?? 0;
  return words * MS_PER_WORD + pauses * MS_PER_PAUSE;
}
