/** Encodes a vector for the database: 32-bit floats in the byte order of the machine, which must be little-endian. */
export const encodeVector = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

/** Decodes a vector from the database. MongoDB's driver may return the bytes in the `buffer` of a BSON `Binary`. */
export function decodeVector(stored: Uint8Array | { readonly buffer: Uint8Array }): Float32Array {
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(stored) ? stored : stored.buffer;
  // Copied, because the bytes from the driver may not be aligned as a Float32Array requires.
  const aligned = new Uint8Array(byteLength);
  aligned.set(new Uint8Array(buffer, byteOffset, byteLength));
  return new Float32Array(aligned.buffer);
}
