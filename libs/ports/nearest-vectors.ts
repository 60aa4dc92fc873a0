/** Finds the vectors with the highest cosine similarity to a query vector. The search is exhaustive. */
export abstract class NearestVectors {
  /**
   * @param matrix the vectors in sequence, each of length `query.length` and quantized to integers with its own scale
   * @param maxResults maximum number of results
   * @returns indexes of the vectors, from 0, nearest first; all of them if there are fewer than `maxResults`
   */
  abstract find(matrix: Int8Array, query: Int8Array, maxResults: number): number[];
}
