/** Maximum length of a repeated phrase, in tokens. */
const MAX_PHRASE_TOKENS = 16;
/** Minimum number of repetitions. People say a word up to three times. */
const MIN_REPEATS = 4;
/** Minimum length of a loop. People say "no, no, no, no", which has 8 tokens including the commas. */
const MIN_TOKENS = 12;

/**
 * Whether a greedy decoder is in a loop: the sequence ends with repetitions of one phrase. On noise and music,
 * recognizers repeat a phrase until they are stopped.
 */
export function endsInLoop(tokens: readonly number[]): boolean {
  for (let period = 1; period <= MAX_PHRASE_TOKENS; period++) {
    const minTokens = Math.max(MIN_REPEATS * period, MIN_TOKENS);
    if (tokens.length < minTokens) continue;
    let matching = period;
    while (matching < minTokens && tokens.at(-1 - matching) === tokens.at(-1 - matching + period)) matching++;
    if (matching >= minTokens) return true;
  }
  return false;
}
