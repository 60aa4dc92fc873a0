/** Maximum length of a repeated phrase, in tokens. */
const maxPhraseTokens = 16;
/** People do say a word three times, so three repetitions are not a loop. */
const minRepeats = 4;
/** "no, no, no, no" with its commas has 8 tokens and is not a loop. */
const minTokens = 12;

/**
 * Whether a greedy decoder is in a loop: the sequence ends with repetitions of one phrase. Recognizers do that on noise
 * and music until stopped.
 */
export function endsInLoop(tokens: readonly number[]): boolean {
  for (let period = 1; period <= maxPhraseTokens; period++) {
    const needed = Math.max(minRepeats * period, minTokens);
    if (tokens.length < needed) continue;
    let matching = period;
    while (matching < needed && tokens.at(-1 - matching) === tokens.at(-1 - matching + period)) matching++;
    if (matching >= needed) return true;
  }
  return false;
}
