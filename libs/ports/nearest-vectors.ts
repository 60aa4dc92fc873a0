export interface NearVector {
  /** Which of the vectors, from 0. */
  readonly row: number;
  /** The dot product; for vectors of length 1, the cosine. */
  readonly likeness: number;
}

/** Finds the vectors that are nearest to one, exactly: every one is compared. */
export interface NearestVectors {
  /**
   * @param matrix the vectors after one another, each of `query.length`
   * @param most how many are wanted
   * @returns the nearest first; all of them where there are fewer than `most`
   */
  find(matrix: Float32Array, query: Float32Array, most: number): NearVector[];
}
