/** The differences between a transcript and the reference text, in words. */
export interface WordErrors {
  /** The number of words in the reference text. */
  readonly words: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

type Counts = readonly [substitutions: number, deletions: number, insertions: number];
const sumCounts = ([substitutions, deletions, insertions]: Counts): number => substitutions + deletions + insertions;

/**
 * Counts the minimum number of substitutions, deletions and insertions that turn `said` into `heard` (Levenshtein
 * distance over words).
 */
export function countWordErrors(said: readonly string[], heard: readonly string[]): WordErrors {
  let previousRow: Counts[] = Array.from({ length: heard.length + 1 }, (_, index) => [0, 0, index]);
  said.forEach((word, row) => {
    const current: Counts[] = [[0, row + 1, 0]];
    heard.forEach((other, column) => {
      const [s, d, i] = previousRow[column] ?? [0, 0, 0];
      const [upS, upD, upI] = previousRow[column + 1] ?? [0, 0, 0];
      const [leftS, leftD, leftI] = current[column] ?? [0, 0, 0];
      const choices: Counts[] = [
        [s + (word === other ? 0 : 1), d, i],
        [upS, upD + 1, upI],
        [leftS, leftD, leftI + 1],
      ];
      current.push(choices.reduce((best, choice) => (sumCounts(choice) < sumCounts(best) ? choice : best)));
    });
    previousRow = current;
  });
  const [substitutions, deletions, insertions] = previousRow[heard.length] ?? [0, 0, 0];
  return { words: said.length, substitutions, deletions, insertions };
}

/**
 * Word errors divided by the words of the reference texts, over all texts together, so that long texts weigh more.
 *
 * @returns Null if the reference texts have no words.
 */
export function wordErrorRate(all: readonly WordErrors[]): number | null {
  const words = all.reduce((sum, one) => sum + one.words, 0);
  const errors = all.reduce((sum, one) => sum + one.substitutions + one.deletions + one.insertions, 0);
  return words === 0 ? null : errors / words;
}
