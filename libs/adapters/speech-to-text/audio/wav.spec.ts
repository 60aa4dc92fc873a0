import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { aLawToFloat, muLawToFloat } from './g711.js';
import { encodeTestWav } from './wav-file.conformance.js';
import { decodeWav, pickChannel } from './wav.js';

const ramp = [-1, -0.5, 0, 0.25, 0.5];

describe('decodeWav', () => {
  it.each([
    ['8 bits', 1, 8, 1 / 128],
    ['16 bits', 1, 16, 1 / 32768],
    ['24 bits', 1, 24, 1 / 8388608],
    ['32 bits', 1, 32, 1e-7],
    ['float', 3, 32, 1e-7],
  ] as const)('reads PCM of %s', (_case, encoding, bitsPerSample, precision) => {
    const file = encodeTestWav({ sampleRate: 16_000, channels: [ramp, ramp.toReversed()], encoding, bitsPerSample });
    const { sampleRate, channels } = decodeWav(file);
    expect(sampleRate).toBe(16_000);
    expect(channels).toHaveLength(2);
    ramp.forEach((sample, index) => {
      expect(Math.abs((channels[0]?.[index] ?? NaN) - sample)).toBeLessThanOrEqual(precision);
      expect(Math.abs((channels[1]?.at(-1 - index) ?? NaN) - sample)).toBeLessThanOrEqual(precision);
    });
  });

  it('decodes telephone audio written by another tool', () => {
    const { sampleRate, channels } = decodeWav(readFileSync(new URL('../testdata/after-six.wav', import.meta.url)));
    expect(sampleRate).toBe(8_000);
    expect(channels[0]).toHaveLength(22_880);
    expect(Math.max(...(channels[0] ?? []))).toBeGreaterThan(0.2);
  });

  // ITU-T G.711, tables 1a and 2a: decoder output values, in 16-bit units.
  it.each([
    [muLawToFloat, 0xff, 0],
    [muLawToFloat, 0x7f, 0],
    [muLawToFloat, 0x80, 32124],
    [muLawToFloat, 0x00, -32124],
    [muLawToFloat, 0xef, 132],
    [aLawToFloat, 0xd5, 8],
    [aLawToFloat, 0x55, -8],
    [aLawToFloat, 0xaa, 32256],
    [aLawToFloat, 0x2a, -32256],
  ])('expands G.711 bytes', (table, byte, expected) => {
    expect(Math.round((table[byte] ?? NaN) * 32768) + 0).toBe(expected);
  });

  it('accepts an extensible header, odd chunks before the data, and a missing length', () => {
    const plain = encodeTestWav({
      sampleRate: 8_000,
      channels: [ramp],
      encoding: 1,
      bitsPerSample: 16,
      extensible: true,
    });
    const header = plain.subarray(0, 12);
    const oddChunk = Buffer.concat([Buffer.from('LIST'), Buffer.from([3, 0, 0, 0]), Buffer.from('abc\0')]);
    const streamed = Buffer.concat([header, oddChunk, plain.subarray(12)]);
    streamed.writeUInt32LE(0xffffffff, streamed.indexOf('data') + 4);
    expect(decodeWav(streamed).channels[0]).toHaveLength(ramp.length);
  });

  it('returns the available samples of a truncated file', () => {
    const file = encodeTestWav({ sampleRate: 8_000, channels: [ramp], encoding: 1, bitsPerSample: 16 });
    expect(decodeWav(file.subarray(0, file.length - 3)).channels[0]).toHaveLength(ramp.length - 2);
  });

  it('replaces NaN in a float file', () => {
    const file = encodeTestWav({
      sampleRate: 8_000,
      channels: [[NaN, Infinity, 7, 0.5]],
      encoding: 3,
      bitsPerSample: 32,
    });
    expect([...(decodeWav(file).channels[0] ?? [])]).toEqual([0, 0, 1, 0.5]);
  });

  const validFormat = { sampleRate: 8_000, channels: [ramp], encoding: 1, bitsPerSample: 16 } as const;
  it.each([
    ['nothing', Buffer.alloc(0), 'not_audio'],
    ['text', Buffer.from('<html>not found</html>'.repeat(10)), 'not_audio'],
    ['an MP3', Buffer.from(`ID3${'\u0001'.repeat(100)}`), 'not_audio'],
    ['a header alone', encodeTestWav(validFormat).subarray(0, 12), 'not_audio'],
    ['a header without data', encodeTestWav(validFormat).subarray(0, 36), 'not_audio'],
    ['no samples', encodeTestWav({ ...validFormat, channels: [[]] }), 'empty'],
    ['another encoding', encodeTestWav({ ...validFormat, encoding: 85 }), 'not_audio'],
    ['an unsupported sample rate', encodeTestWav({ ...validFormat, sampleRate: 4_000 }), 'not_audio'],
    ['three channels', encodeTestWav({ ...validFormat, channels: [ramp, ramp, ramp] }), 'not_audio'],
  ])('rejects %s', (_case, file, code) => {
    expect(() => decodeWav(file)).toThrow(
      expect.objectContaining({ name: 'SpeechToTextError', code, retryable: false }),
    );
  });

  it('returns samples or throws a SpeechToTextError for any bytes', () => {
    const header = encodeTestWav(validFormat).subarray(0, 44);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(43), fc.uint8Array({ maxLength: 8 }), (body, at, noise) => {
        const file = Buffer.concat([header, body]);
        file.set(noise.subarray(0, file.length - at), at);
        try {
          return decodeWav(file).channels.every((samples) => samples.every((sample) => Math.abs(sample) <= 1));
        } catch (error) {
          return (error as Error).name === 'SpeechToTextError';
        }
      }),
    );
  });
});

describe('pickChannel', () => {
  const audio = { sampleRate: 8_000, channels: [Float32Array.of(1, 0.5), Float32Array.of(0, -0.5)] };

  it('returns one channel', () => {
    expect(pickChannel(audio, 1)).toBe(audio.channels[1]);
  });

  it('mixes all channels', () => {
    expect([...pickChannel(audio, undefined)]).toEqual([0.5, 0]);
  });

  it.each([2, -1])('rejects channel %d', (channel) => {
    expect(() => pickChannel(audio, channel)).toThrow(expect.objectContaining({ code: 'no_such_channel' }));
  });
});
