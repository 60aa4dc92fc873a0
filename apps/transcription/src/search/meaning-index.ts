import type { NearestVectors } from '#libs/ports/nearest-vectors.js';

export interface Meant {
  readonly id: string;
  /** The cosine between the two meanings. */
  readonly likeness: number;
}

const FIRST_CAPACITY = 256;
/** So many times more than wanted are found by rough vectors, and compared again. */
const ROUGH_SURPLUS = 4;
/** The most that eight bits hold. */
const ROUGH_STEPS = 127;

/**
 * One organisation's recordings by meaning, in memory. Every search compares with each of them: roughly first, by vectors
 * of eight bits a dimension, since what costs time is to read them all; then the nearest by their whole vectors.
 */
export class MeaningIndex {
  private matrix: Float32Array;
  private rough: Int8Array;
  private readonly ids: string[] = [];
  private readonly rows = new Map<string, number>();

  constructor(
    private readonly dimensions: number,
    private readonly nearest: NearestVectors,
  ) {
    this.matrix = new Float32Array(FIRST_CAPACITY * dimensions);
    this.rough = new Int8Array(FIRST_CAPACITY * dimensions);
  }

  get size(): number {
    return this.ids.length;
  }

  /**
   * Adds it, or takes the place of what was known by its id.
   * @param vector of length 1
   */
  put(id: string, vector: Float32Array): void {
    if (vector.length !== this.dimensions) {
      throw new RangeError(`${id} has ${vector.length} dimensions; ${this.dimensions} are compared.`);
    }
    const row = this.rows.get(id) ?? this.ids.length;
    if ((row + 1) * this.dimensions > this.matrix.length) this.grow();
    this.matrix.set(vector, row * this.dimensions);
    this.rough.set(roughly(vector), row * this.dimensions);
    this.ids[row] = id;
    this.rows.set(id, row);
  }

  /** The last one takes its row, so that there is no gap. */
  remove(id: string): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    this.rows.delete(id);
    const last = this.ids.pop();
    if (last === undefined || last === id) return;
    for (const kept of [this.matrix, this.rough])
      kept.copyWithin(row * this.dimensions, this.end, this.end + this.dimensions);
    this.ids[row] = last;
    this.rows.set(last, row);
  }

  /**
   * The likest first, at most `most`.
   * @param passes if not everything does: then only those are compared
   */
  search(query: Float32Array, passes: ((id: string) => boolean) | undefined, most: number): Meant[] {
    const rows = passes ? this.passing(passes) : this.near(query, most * ROUGH_SURPLUS);
    return rows
      .map((row) => ({ id: this.ids[row] ?? '', likeness: this.likeness(row, query) }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, most);
  }

  /** Of one recording; undefined where its meaning is not known. */
  likenessOf(id: string, query: Float32Array): number | undefined {
    const row = this.rows.get(id);
    return row === undefined ? undefined : this.likeness(row, query);
  }

  private near(query: Float32Array, most: number): number[] {
    return this.nearest.find(this.rough.subarray(0, this.end), roughly(query), most);
  }

  private passing(passes: (id: string) => boolean): number[] {
    return this.ids.flatMap((id, row) => (passes(id) ? [row] : []));
  }

  private get end(): number {
    return this.ids.length * this.dimensions;
  }

  private likeness(row: number, query: Float32Array): number {
    const start = row * this.dimensions;
    let sum = 0;
    for (let at = 0; at < this.dimensions; at += 1) sum += (this.matrix[start + at] ?? 0) * (query[at] ?? 0);
    return sum;
  }

  private grow(): void {
    const { matrix, rough } = this;
    this.matrix = new Float32Array(matrix.length * 2);
    this.matrix.set(matrix);
    this.rough = new Int8Array(rough.length * 2);
    this.rough.set(rough);
  }
}

/** In the vector's own scale: only which way it points is compared. */
function roughly(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const component of vector) largest = Math.max(largest, Math.abs(component));
  return Int8Array.from(vector, (component) => Math.round((component / (largest || 1)) * ROUGH_STEPS));
}
