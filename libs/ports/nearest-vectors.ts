/** Finds the vectors that point most nearly the same way as one. Every one is compared. */
export abstract class NearestVectors {
  /**
   * @param matrix the vectors after one another, each of `query.length`, in steps of whole numbers, each in its own scale
   * @param most how many are wanted
   * @returns which of the vectors, from 0, the nearest first; all of them where there are fewer than `most`
   */
  abstract find(matrix: Int8Array, query: Int8Array, most: number): number[];
}
