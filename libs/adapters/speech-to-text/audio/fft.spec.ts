import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { createFft } from './fft.js';

describe('createFft', () => {
  it('agrees with the definition of the Fourier transform', () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(values, values, fc.constantFrom(2, 4, 8, 16, 32), (real, imaginary, size) => {
        const [re, im] = [Float64Array.from(real.slice(0, size)), Float64Array.from(imaginary.slice(0, size))];
        const [inputRe, inputIm] = [re.slice(), im.slice()];
        createFft(size)(re, im);
        for (let bin = 0; bin < size; bin++) {
          let [sumRe, sumIm] = [0, 0];
          for (let index = 0; index < size; index++) {
            const angle = (-2 * Math.PI * bin * index) / size;
            const [a, b] = [inputRe[index] ?? 0, inputIm[index] ?? 0];
            sumRe += a * Math.cos(angle) - b * Math.sin(angle);
            sumIm += a * Math.sin(angle) + b * Math.cos(angle);
          }
          expect(re[bin]).toBeCloseTo(sumRe, 9);
          expect(im[bin]).toBeCloseTo(sumIm, 9);
        }
      }),
      { numRuns: 30 },
    );
  });
});
