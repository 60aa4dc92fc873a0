/** The vector at length 1, so that a dot product is the cosine. The zero vector stays what it is. */
export function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((component) => component / length);
}
