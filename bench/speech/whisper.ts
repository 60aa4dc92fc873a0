import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resample } from '#libs/adapters/speech-to-text/audio/resample.js';
import { decodeWav } from '#libs/adapters/speech-to-text/audio/wav.js';
import type { SpeechToText, TranscribeRequest, Transcription } from '#libs/ports/speech-to-text.js';

export type WhisperSize = 'base' | 'tiny';

/** What we use of transformers.js, which lies in another folder: it is too large for every install. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(task: 'automatic-speech-recognition', model: string, options: { dtype: 'q8' }): Promise<Recognise>;
}
type Recognise = (samples: Float32Array, options: object) => Promise<{ readonly text: string }>;

const RATE = 16_000;
/** Longer ones are heard in pieces that overlap, seconds. */
const PIECE = { chunk_length_s: 30, stride_length_s: 5 } as const;

/** The folder of an `npm install` that holds transformers.js and the models; undefined where nobody named one. */
export const whisperFolder = (): string | undefined => process.env['WHISPER_DIR'] || undefined;

/** Whisper of OpenAI, eight bits a weight, through transformers.js: an alternative that is measured, and not part of the product. */
export class WhisperToCompare implements SpeechToText {
  private constructor(
    private readonly recognise: Recognise,
    private readonly model: string,
  ) {}

  /** @param folder see `whisperFolder` @throws Error when something is not installed there */
  static async load(folder: string, size: WhisperSize): Promise<WhisperToCompare> {
    const resolve = createRequire(pathToFileURL(join(folder, 'package.json'))).resolve;
    const transformers = (await import(pathToFileURL(resolve('@huggingface/transformers')).href)) as Transformers;
    transformers.env.allowRemoteModels = false;
    transformers.env.localModelPath = join(folder, 'node_modules', `sts-whisper-${size}`, 'models');
    const model = `Xenova/whisper-${size}`;
    return new WhisperToCompare(
      await transformers.pipeline('automatic-speech-recognition', model, { dtype: 'q8' }),
      model,
    );
  }

  async transcribe({ audio, channel = 0, language }: TranscribeRequest): Promise<Transcription> {
    const { channels, sampleRate } = decodeWav(audio.wav);
    const samples = channels[channel] ?? new Float32Array(0);
    const { text } = await this.recognise(resample(samples, sampleRate, RATE), {
      ...PIECE,
      ...languageOf(this.model, language),
    });
    const durationMs = (samples.length / sampleRate) * 1000;
    return { text: text.trim(), language, segments: [], durationMs, provider: 'whisper', model: this.model };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A model of one language refuses to be told which. */
const languageOf = (model: string, language: 'en' | 'es'): object =>
  model.endsWith('.en') ? {} : { language: language === 'en' ? 'english' : 'spanish' };
