/** The longest phrase, in tokens, whose repetition is looked for. */
const longestPhrase = 16;
/** People do say a word three times. */
const fewestRepeats = 4;
/** And "no, no, no, no" with its commas is 8 tokens. */
const fewestTokens = 12;

/**
 * Whether a greedy decoder has fallen into a loop: the sequence ends with one phrase over and over. Recognisers do that
 * on noise and music, until stopped.
 */
export function endsInLoop(tokens: readonly number[]): boolean {
  for (let period = 1; period <= longestPhrase; period++) {
    const needed = Math.max(fewestRepeats * period, fewestTokens);
    if (tokens.length < needed) continue;
    let matching = period;
    while (matching < needed && tokens.at(-1 - matching) === tokens.at(-1 - matching + period)) matching++;
    if (matching >= needed) return true;
  }
  return false;
}
