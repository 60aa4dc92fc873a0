// Tables, because most telephone audio uses G.711 and a look-up is faster than decoding each byte.

/** Sample in [-1, 1) of each µ-law byte (ITU-T G.711). */
export const muLawToFloat: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => decodeMuLaw(byte) / 32768);
/** Sample in [-1, 1) of each A-law byte (ITU-T G.711). */
export const aLawToFloat: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => decodeALaw(byte) / 32768);

/** µ-law: inverted byte with sign, 3-bit exponent and 4-bit mantissa. The bias is 132 in 16-bit units. */
function decodeMuLaw(byte: number): number {
  const inverted = ~byte & 0xff;
  const exponent = (inverted >> 4) & 0x07;
  const magnitude = ((((inverted & 0x0f) << 3) + 132) << exponent) - 132;
  return inverted & 0x80 ? -magnitude : magnitude;
}

/** A-law: every other bit is inverted. The sign bit is set for positive samples. */
function decodeALaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 0x07;
  const mantissa = (value & 0x0f) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}
