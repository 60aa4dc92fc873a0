import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import { aLawToFloat, muLawToFloat } from './g711.js';

/** A decoded recording. */
export interface DecodedAudio {
  /** Samples per second. */
  readonly sampleRate: number;
  /** One array per channel, all of the same length. Samples are in [-1, 1]. */
  readonly channels: readonly Float32Array[];
}

interface Format {
  readonly encoding: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
}

const ENCODINGS = { pcm: 1, float: 3, aLaw: 6, muLaw: 7, extensible: 0xfffe } as const;
/** In samples per second. */
const SAMPLE_RATES = { min: 8_000, max: 48_000 } as const;

/**
 * Decodes a RIFF/WAVE file: PCM of 8, 16, 24 or 32 bits, 32-bit float, A-law and µ-law; 8 to 48 kHz; 1 or 2 channels.
 * A file that is truncated within its samples, or whose streamed header has no lengths, yields the existing samples.
 * @throws SpeechToTextError `not_audio` or `empty`
 */
export function decodeWav(file: Buffer): DecodedAudio {
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new SpeechToTextError('not_audio', 'The file is not a WAV file: it does not begin with a RIFF/WAVE header.');
  }
  const { format, data } = findChunks(file);
  checkFormat(format);
  const bytesPerFrame = (format.bitsPerSample / 8) * format.channels;
  const frames = Math.floor(data.length / bytesPerFrame);
  if (frames === 0) throw new SpeechToTextError('empty', 'The WAV file contains no samples.');
  const readSample = createSampleReader(data, format);
  const channels = Array.from({ length: format.channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame++) samples[frame] = readSample(frame * format.channels + channel);
    return samples;
  });
  return { sampleRate: format.sampleRate, channels };
}

/**
 * Returns one channel of a recording, or the mean of all channels if none is given.
 * @param channel from 0
 * @throws SpeechToTextError `no_such_channel`
 */
export function pickChannel(audio: DecodedAudio, channel: number | undefined): Float32Array {
  if (channel !== undefined) {
    const samples = audio.channels[channel];
    if (samples !== undefined) return samples;
    throw new SpeechToTextError(
      'no_such_channel',
      `Channel ${channel} does not exist; the recording has ${audio.channels.length} channels, counted from 0.`,
    );
  }
  const [first, ...others] = audio.channels;
  if (first === undefined) throw new SpeechToTextError('empty', 'The recording has no channel.');
  if (others.length === 0) return first;
  return first.map(
    (sample, index) => others.reduce((sum, other) => sum + (other[index] ?? 0), sample) / audio.channels.length,
  );
}

function findChunks(file: Buffer): { format: Format; data: Buffer } {
  let format: Format | undefined;
  let offset = 12;
  while (offset + 8 <= file.length) {
    const id = file.toString('latin1', offset, offset + 4);
    const size = file.readUInt32LE(offset + 4);
    const start = offset + 8;
    if (id === 'fmt ') format = readFormat(file.subarray(start, start + size));
    if (id === 'data' && format !== undefined) {
      // Streaming writers leave 0 or the largest number here. The samples then extend to the end of the file.
      const hasUnknownLength = size === 0xffffffff || (size === 0 && start < file.length);
      return { format, data: file.subarray(start, hasUnknownLength ? file.length : start + size) };
    }
    // Chunks are padded to an even length.
    offset = start + size + (size % 2);
  }
  throw new SpeechToTextError('not_audio', 'The WAV file has no format and data chunks; it may be truncated.');
}

function readFormat(chunk: Buffer): Format {
  if (chunk.length < 16) throw new SpeechToTextError('not_audio', 'The format chunk of the WAV file is truncated.');
  const tag = chunk.readUInt16LE(0);
  return {
    // WAVE_FORMAT_EXTENSIBLE stores the actual tag in the first bytes of its sub-format GUID.
    encoding: tag === ENCODINGS.extensible && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag,
    channels: chunk.readUInt16LE(2),
    sampleRate: chunk.readUInt32LE(4),
    bitsPerSample: chunk.readUInt16LE(14),
  };
}

function checkFormat(format: Format): void {
  const { encoding, bitsPerSample, channels, sampleRate } = format;
  const isSupported =
    (encoding === ENCODINGS.pcm && [8, 16, 24, 32].includes(bitsPerSample)) ||
    (encoding === ENCODINGS.float && bitsPerSample === 32) ||
    ((encoding === ENCODINGS.aLaw || encoding === ENCODINGS.muLaw) && bitsPerSample === 8);
  if (!isSupported) {
    throw new SpeechToTextError(
      'not_audio',
      `WAV encoding ${encoding} with ${bitsPerSample} bits is not supported; send PCM, float, A-law or µ-law.`,
    );
  }
  if (channels < 1 || channels > 2) {
    throw new SpeechToTextError('not_audio', `${channels} channels are not supported; send one or two.`);
  }
  if (sampleRate < SAMPLE_RATES.min || sampleRate > SAMPLE_RATES.max) {
    throw new SpeechToTextError(
      'not_audio',
      `${sampleRate} samples per second are not supported; send 8,000 to 48,000.`,
    );
  }
}

/** @returns a function that reads the sample with the given index, counted across channels */
function createSampleReader(data: Buffer, { encoding, bitsPerSample }: Format): (index: number) => number {
  if (encoding === ENCODINGS.muLaw) return (index) => muLawToFloat[data[index] ?? 0] ?? 0;
  if (encoding === ENCODINGS.aLaw) return (index) => aLawToFloat[data[index] ?? 0] ?? 0;
  if (encoding === ENCODINGS.float) return (index) => toFiniteSample(data.readFloatLE(index * 4));
  switch (bitsPerSample) {
    case 8: // the only unsigned width
      return (index) => ((data[index] ?? 128) - 128) / 128;
    case 16:
      return (index) => data.readInt16LE(index * 2) / 32768;
    case 24:
      return (index) => data.readIntLE(index * 3, 3) / 8388608;
    default:
      return (index) => data.readInt32LE(index * 4) / 2147483648;
  }
}

/** A float file may contain NaN or numbers of any size, which would corrupt all further computation. */
function toFiniteSample(sample: number): number {
  return Number.isFinite(sample) ? Math.max(-1, Math.min(1, sample)) : 0;
}
