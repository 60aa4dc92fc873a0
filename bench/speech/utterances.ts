import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { encodeWav } from '#libs/adapters/speech-to-text/audio/encode-wav.js';
import { decodeWav } from '#libs/adapters/speech-to-text/audio/wav.js';
import { withTelephoneNoise } from './telephone-noise.js';

/** A recording and its text. */
export interface Utterance {
  readonly name: string;
  readonly text: string;
  /** The group whose error rate is reported separately; empty if the set has no groups. */
  readonly group: string;
  wav(): Promise<Buffer>;
}

/** The set cannot be evaluated. The message lists everything that is wrong with it. */
export class UtteranceSetError extends Error {
  readonly code = 'set_invalid';
  override readonly name = 'UtteranceSetError';
}

/**
 * Reads pairs of `NAME.wav` and `NAME.txt`, sorted by name.
 *
 * @throws UtteranceSetError if a file has no counterpart (the message names all of them), or the folder has no pair.
 */
export async function readUtterances(folder: string): Promise<Utterance[]> {
  const files = await readdir(folder);
  const listNames = (extension: string): Set<string> =>
    new Set(files.filter((file) => file.endsWith(extension)).map((file) => basename(file, extension)));
  const recordings = listNames('.wav');
  const texts = listNames('.txt');
  const unpaired = [
    ...[...recordings].filter((name) => !texts.has(name)).map((name) => `${name}.wav has no ${name}.txt`),
    ...[...texts].filter((name) => !recordings.has(name)).map((name) => `${name}.txt has no ${name}.wav`),
  ];
  if (unpaired.length > 0) throw new UtteranceSetError(`${folder}: ${unpaired.join('; ')}.`);
  if (recordings.size === 0) throw new UtteranceSetError(`${folder} contains no NAME.wav with NAME.txt.`);
  return Promise.all(
    [...recordings].sort().map(async (name) => ({
      name,
      group: '',
      wav: () => readFile(join(folder, `${name}.wav`)),
      text: (await readFile(join(folder, `${name}.txt`), 'utf8')).trim(),
    })),
  );
}

interface VoiceList {
  readonly voices: readonly { readonly id: string; readonly text: string; readonly file: string }[];
}

/** Signal-to-noise ratios of the noisy lines, in dB. At 20 the noise is audible; at 10 speech is hard to understand. */
const NOISY_LINES = [20, 10] as const;

/** Reads the utterances of the simulator's customers, each on a clean line and on noisy ones. */
export async function readSimulatorVoices(folder: string): Promise<Utterance[]> {
  const { voices } = JSON.parse(await readFile(join(folder, 'voices.json'), 'utf8')) as VoiceList;
  return voices.flatMap(({ id, text, file }, index) => {
    const clean = (): Promise<Buffer> => readFile(join(folder, file));
    return [
      { name: id, text, group: 'clean', wav: clean },
      ...NOISY_LINES.map((snrDb) => ({
        name: `${id}, ${snrDb} dB`,
        text,
        group: `${snrDb} dB`,
        wav: async () => onNoisyLine(await clean(), snrDb, index),
      })),
    ];
  });
}

function onNoisyLine(wav: Buffer, snrDb: number, seed: number): Buffer {
  const { channels, sampleRate } = decodeWav(wav);
  return encodeWav(withTelephoneNoise(channels[0] ?? new Float32Array(0), snrDb, seed), sampleRate);
}
