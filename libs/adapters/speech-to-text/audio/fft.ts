/**
 * Creates an in-place complex fast Fourier transform: radix 2, decimation in time (Cooley and Tukey 1965).
 * @param size number of points, a power of two
 * @returns a function that transforms arrays of `size` real and imaginary parts
 */
export function createFft(size: number): (real: Float64Array, imaginary: Float64Array) => void {
  const cosines = Float64Array.from({ length: size / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / size));
  const reversed = createBitReversedIndices(size);

  return (real, imaginary) => {
    for (let index = 0; index < size; index++) {
      const other = reversed[index] ?? 0;
      if (other <= index) continue;
      swap(real, index, other);
      swap(imaginary, index, other);
    }
    // The innermost loop dominates the time of speech detection and must not allocate.
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let offset = 0; offset < half; offset++) {
        const cosine = cosines[offset * stride] ?? 0;
        const sine = sines[offset * stride] ?? 0;
        for (let upper = offset; upper < size; upper += 2 * half) {
          const lower = upper + half;
          const lowerReal = real[lower] ?? 0;
          const lowerImaginary = imaginary[lower] ?? 0;
          const rotatedReal = lowerReal * cosine - lowerImaginary * sine;
          const rotatedImaginary = lowerReal * sine + lowerImaginary * cosine;
          const upperReal = real[upper] ?? 0;
          const upperImaginary = imaginary[upper] ?? 0;
          real[lower] = upperReal - rotatedReal;
          imaginary[lower] = upperImaginary - rotatedImaginary;
          real[upper] = upperReal + rotatedReal;
          imaginary[upper] = upperImaginary + rotatedImaginary;
        }
      }
    }
  };
}

function createBitReversedIndices(size: number): Uint32Array {
  const reversed = new Uint32Array(size);
  for (let index = 1; index < size; index++) {
    reversed[index] = ((reversed[index >> 1] ?? 0) >> 1) + (index % 2 === 1 ? size / 2 : 0);
  }
  return reversed;
}

function swap(values: Float64Array, one: number, other: number): void {
  const previous = values[one] ?? 0;
  values[one] = values[other] ?? 0;
  values[other] = previous;
}
