/** Sample rate of telephone audio, in Hz. */
export const SAMPLE_RATE_HZ = 8000;

/** Thrown for a file that is not telephone audio, and so cannot be mixed into a recording. */
export class WavError extends Error {
  override readonly name = 'WavError';
  readonly code = 'not_telephone_wav';
}

/**
 * Reads the samples of a WAV file: mono, 8 kHz, 16-bit PCM.
 * @throws WavError for any other format
 */
export function readWav(file: Buffer): Int16Array {
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new WavError('Not a RIFF/WAVE file.');
  }
  let format: { encoding: number; channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const start = at + 8;
    if (name === 'fmt ' && start + 16 <= file.length) {
      format = {
        encoding: file.readUInt16LE(start),
        channels: file.readUInt16LE(start + 2),
        rate: file.readUInt32LE(start + 4),
        bits: file.readUInt16LE(start + 14),
      };
    } else if (name === 'data') {
      if (format?.encoding !== 1 || format.channels !== 1 || format.rate !== SAMPLE_RATE_HZ || format.bits !== 16) {
        throw new WavError('Only mono 16-bit PCM at 8000 Hz can be played. Convert the file.');
      }
      const end = Math.min(file.length, start + length);
      const samples = new Int16Array(Math.floor((end - start) / 2));
      for (let index = 0; index < samples.length; index++) samples[index] = file.readInt16LE(start + index * 2);
      return samples;
    }
    at = start + length + (length % 2);
  }
  throw new WavError('The file has no data chunk.');
}

/** Writes a WAV file with one or two channels of equal length. */
export function writeWav(channels: readonly Int16Array[]): Buffer {
  const frames = channels[0]?.length ?? 0;
  const dataLength = frames * channels.length * 2;
  const file = Buffer.alloc(44 + dataLength);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + dataLength, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  file.writeUInt32LE(SAMPLE_RATE_HZ * channels.length * 2, 28);
  file.writeUInt16LE(channels.length * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataLength, 40);
  let at = 44;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      file.writeInt16LE(channel[frame] ?? 0, at);
      at += 2;
    }
  }
  return file;
}
