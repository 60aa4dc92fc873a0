import type { NearestVectors } from '#libs/ports/nearest-vectors.js';

export interface VectorHit {
  readonly id: string;
  /** Cosine similarity of the two vectors. */
  readonly similarity: number;
}

/** Number of vectors for which memory is first allocated. */
const INITIAL_CAPACITY = 256;
/** Candidates per requested result that quantized vectors select. They are then ranked by their full vectors. */
const OVERSAMPLING = 4;
/** Largest value of a signed 8-bit integer. */
const MAX_QUANTIZED = 127;

/**
 * In-memory index of the embeddings of one organization's recordings. A search scans all of them: first by vectors
 * quantized to 8 bits per dimension, because reading memory dominates the cost, then the nearest by their full vectors.
 */
export class VectorIndex {
  private matrix: Float32Array;
  private quantized: Int8Array;
  private readonly ids: string[] = [];
  private readonly rows = new Map<string, number>();

  constructor(
    private readonly dimensions: number,
    private readonly nearest: NearestVectors,
  ) {
    this.matrix = new Float32Array(INITIAL_CAPACITY * dimensions);
    this.quantized = new Int8Array(INITIAL_CAPACITY * dimensions);
  }

  get size(): number {
    return this.ids.length;
  }

  /**
   * Adds a vector, or replaces the one with the same id.
   * @param vector normalized to length 1
   * @throws RangeError for another number of dimensions
   */
  put(id: string, vector: Float32Array): void {
    if (vector.length !== this.dimensions) {
      throw new RangeError(`The vector of ${id} has ${vector.length} dimensions; the index needs ${this.dimensions}.`);
    }
    const row = this.rows.get(id) ?? this.ids.length;
    if ((row + 1) * this.dimensions > this.matrix.length) this.grow();
    this.matrix.set(vector, row * this.dimensions);
    this.quantized.set(quantize(vector), row * this.dimensions);
    this.ids[row] = id;
    this.rows.set(id, row);
  }

  /** Moves the last vector to the freed row, so that rows stay contiguous. */
  remove(id: string): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    this.rows.delete(id);
    const lastId = this.ids.pop();
    if (lastId === undefined || lastId === id) return;
    for (const array of [this.matrix, this.quantized])
      array.copyWithin(row * this.dimensions, this.end, this.end + this.dimensions);
    this.ids[row] = lastId;
    this.rows.set(lastId, row);
  }

  /**
   * Returns at most `limit` hits, the most similar first.
   * @param isIncluded restricts the search to ids that it accepts; all are searched if undefined
   */
  search(query: Float32Array, isIncluded: ((id: string) => boolean) | undefined, limit: number): VectorHit[] {
    const rows = isIncluded ? this.findIncludedRows(isIncluded) : this.findNearestRows(query, limit * OVERSAMPLING);
    return rows
      .map((row) => ({ id: this.ids[row] ?? '', similarity: this.computeSimilarity(row, query) }))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, limit);
  }

  /** Returns the cosine similarity of one recording; undefined if it has no vector. */
  similarityTo(id: string, query: Float32Array): number | undefined {
    const row = this.rows.get(id);
    return row === undefined ? undefined : this.computeSimilarity(row, query);
  }

  private findNearestRows(query: Float32Array, limit: number): number[] {
    return this.nearest.find(this.quantized.subarray(0, this.end), quantize(query), limit);
  }

  private findIncludedRows(isIncluded: (id: string) => boolean): number[] {
    return this.ids.flatMap((id, row) => (isIncluded(id) ? [row] : []));
  }

  /** Number of array elements in use. */
  private get end(): number {
    return this.ids.length * this.dimensions;
  }

  private computeSimilarity(row: number, query: Float32Array): number {
    const start = row * this.dimensions;
    let sum = 0;
    for (let index = 0; index < this.dimensions; index += 1)
      sum += (this.matrix[start + index] ?? 0) * (query[index] ?? 0);
    return sum;
  }

  private grow(): void {
    const { matrix, quantized } = this;
    this.matrix = new Float32Array(matrix.length * 2);
    this.matrix.set(matrix);
    this.quantized = new Int8Array(quantized.length * 2);
    this.quantized.set(quantized);
  }
}

/** Scales the largest component to `MAX_QUANTIZED`, because the cosine depends only on the direction. */
function quantize(vector: Float32Array): Int8Array {
  let maxComponent = 0;
  for (const component of vector) maxComponent = Math.max(maxComponent, Math.abs(component));
  return Int8Array.from(vector, (component) => Math.round((component / (maxComponent || 1)) * MAX_QUANTIZED));
}
