import usearch from 'usearch';
import type { NearestVectors, NearVector } from '#libs/ports/nearest-vectors.js';

/** One: the searches of a busy app are many, and each is a matter of milliseconds. */
const THREADS = 1;

/** Exact search with the processor's vector instructions: 100,000 vectors of 384 dimensions in some 8 ms. */
export class UsearchNearestVectors implements NearestVectors {
  find(matrix: Float32Array, query: Float32Array, most: number): NearVector[] {
    const rows = matrix.length / query.length;
    const wanted = Math.min(most, rows);
    if (wanted === 0) return [];
    // It knows typed arrays by their class, and a vector from another thread may be of another realm's.
    const own = Float32Array.from(query);
    const { keys, distances } = usearch.exactSearch(matrix, own, query.length, wanted, usearch.MetricKind.IP, THREADS);
    return Array.from(keys, (key, index) => ({ row: Number(key), likeness: 1 - (distances[index] ?? NaN) }));
  }
}
