/** As the database keeps a vector: 32-bit floats, little-endian as on every machine that we run on. */
export const bytesOf = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

/** What `bytesOf` wrote. A plain query's answer may wrap the bytes in the driver's own class. */
export function vectorOf(stored: Uint8Array | { readonly buffer: Uint8Array }): Float32Array {
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(stored) ? stored : stored.buffer;
  // A copy: the driver's bytes lie at any address, and floats must not.
  const aligned = new Uint8Array(byteLength);
  aligned.set(new Uint8Array(buffer, byteOffset, byteLength));
  return new Float32Array(aligned.buffer);
}
