/** The format and the samples of a WAV file. */
export interface WavContents {
  readonly sampleRate: number;
  /** Samples in [-1, 1]. All channels have the same length. */
  readonly channels: readonly ArrayLike<number>[];
  /** 1 for PCM, 3 for float. Other values are written to the header, but the samples are 16-bit PCM. */
  readonly encoding?: number | undefined;
  readonly bitsPerSample?: 8 | 16 | 24 | 32 | undefined;
  /** Whether to write the header WAVE_FORMAT_EXTENSIBLE. */
  readonly extensible?: boolean | undefined;
}

/** Encodes a WAV file for tests. 16-bit PCM by default. */
export function encodeTestWav({
  sampleRate,
  channels,
  encoding = 1,
  bitsPerSample = 16,
  extensible,
}: WavContents): Buffer {
  const width = bitsPerSample / 8;
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc(frames * channels.length * width);
  for (let frame = 0; frame < frames; frame++) {
    channels.forEach((samples, channel) => {
      writeSample(data, (frame * channels.length + channel) * width, samples[frame] ?? 0, encoding, bitsPerSample);
    });
  }
  const format = Buffer.alloc(extensible === true ? 40 : 16);
  format.writeUInt16LE(extensible === true ? 0xfffe : encoding, 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * channels.length * width, 8);
  format.writeUInt16LE(channels.length * width, 12);
  format.writeUInt16LE(bitsPerSample, 14);
  if (extensible === true) format.writeUInt16LE(encoding, 24);
  const body = Buffer.concat([Buffer.from('WAVE'), createChunk('fmt ', format), createChunk('data', data)]);
  return createChunk('RIFF', body);
}

/** Samples a function of the time in seconds, from 0 to `seconds`. */
export function sampleFunction(sampleRate: number, seconds: number, sampleAt: (time: number) => number): Float32Array {
  return Float32Array.from({ length: Math.round(sampleRate * seconds) }, (_, index) => sampleAt(index / sampleRate));
}

function writeSample(data: Buffer, offset: number, sample: number, encoding: number, bits: 8 | 16 | 24 | 32): void {
  if (encoding === 3) {
    data.writeFloatLE(sample, offset);
    return;
  }
  const fullScale = 2 ** (bits - 1);
  const value = Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * fullScale)));
  if (bits === 8) data.writeUInt8(value + 128, offset);
  else data.writeIntLE(value, offset, bits / 8);
}

function createChunk(id: string, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}
