import { readFileSync } from 'node:fs';
import { decodeWav } from '#libs/adapters/speech-to-text/audio/wav.js';

const SAMPLE_RATE = 8_000;
/** Relative to the folder in which npm runs scripts, so that it is found from the sources and from the build. */
const VOICES = 'apps/simulator/voices';

/** The samples of one of the simulator's voices: a person saying one sentence in telephone quality. */
export function voice(id: string): Float32Array {
  const file = readFileSync(`${VOICES}/${id}.wav`);
  const { channels, sampleRate } = decodeWav(file);
  const [samples] = channels;
  if (samples === undefined || sampleRate !== SAMPLE_RATE)
    throw new Error(`${id}.wav is not one channel of ${SAMPLE_RATE} Hz.`);
  return samples;
}

export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE));
}

/**
 * A 16-bit recording in the carrier's format: channel 0 is DelAuto's, channel 1 the customer's. The shorter channel
 * is padded.
 */
export function dualChannelWav(product: Float32Array, customer: Float32Array): Buffer {
  const frames = Math.max(product.length, customer.length);
  const data = Buffer.alloc(frames * 4);
  for (let frame = 0; frame < frames; frame++) {
    data.writeInt16LE(toInt16(product[frame] ?? 0), frame * 4);
    data.writeInt16LE(toInt16(customer[frame] ?? 0), frame * 4 + 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

const toInt16 = (sample: number): number => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
