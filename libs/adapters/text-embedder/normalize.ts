/** Scales a vector to length 1, so that the dot product is the cosine. Returns the zero vector unchanged. */
export function normalize(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((component) => component / length);
}
