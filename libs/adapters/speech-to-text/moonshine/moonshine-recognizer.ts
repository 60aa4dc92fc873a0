import type { TranscribeRequest, Transcription, TranscriptSegment } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';
import { withoutBoilerplate } from '../boilerplate.js';

import { resample } from '../audio/resample.js';
import type { SampleRange } from '../audio/speech-segments.js';
import { findSpeechSegments } from '../audio/speech-segments.js';
import { decodeWav, pickChannel } from '../audio/wav.js';
import type { RecognizedSpeech } from './moonshine-model.js';
import { MoonshineModel, moonshineSampleRate } from './moonshine-model.js';

/** Options of `MoonshineRecognizer`. Passed to the worker thread. */
export interface RecognizerOptions {
  /** Folder with the model files. */
  readonly modelDir: string;
  /** Maximum number of threads of one inference. 1 leaves the other cores of a small machine free. */
  readonly threads: number;
  /** Longer recordings are rejected. */
  readonly maxAudioSeconds: number;
}

/** The request to the worker thread. The deadline is an instant, because it includes the time in the queue. */
export interface RecognizeRequest {
  readonly wav: Uint8Array;
  readonly channel: number | undefined;
  readonly language: TranscribeRequest['language'];
  /** Milliseconds since the epoch. */
  readonly deadlineAt: number | undefined;
}

/** The model accepts 30 s, but its accuracy falls beyond about 20 s. */
const MAX_SEGMENT_SECONDS = 20;
const PAUSE_SECONDS = 0.8;
/** Limits that identify hallucinated text, see `isHallucinated`. */
const HALLUCINATION = { atLeastSeconds: 3, tokensPerSecond: 1, confidence: 0.7 } as const;

/** Transcribes WAV files with Moonshine. Loads the model with the first audio that contains speech. */
export class MoonshineRecognizer {
  private loading: Promise<MoonshineModel> | undefined;

  constructor(
    private readonly options: RecognizerOptions,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Must not be called concurrently.
   * @throws SpeechToTextError if the audio cannot be transcribed
   */
  async recognize(request: RecognizeRequest): Promise<Transcription> {
    if (request.language !== 'en') {
      throw new SpeechToTextError(
        'unsupported_language',
        'Moonshine tiny supports English only; configure another recognizer.',
      );
    }
    const audio = decodeWav(Buffer.from(request.wav.buffer, request.wav.byteOffset, request.wav.byteLength));
    const recordedSamples = pickChannel(audio, request.channel);
    const seconds = recordedSamples.length / audio.sampleRate;
    if (seconds > this.options.maxAudioSeconds) {
      throw new SpeechToTextError(
        'too_long',
        `The recording is ${Math.round(seconds)} s long; the maximum is ${this.options.maxAudioSeconds} s.`,
      );
    }
    const samples = resample(recordedSamples, audio.sampleRate, moonshineSampleRate);
    const ranges = findSpeechSegments(samples, {
      sampleRate: moonshineSampleRate,
      maxSeconds: MAX_SEGMENT_SECONDS,
      pauseSeconds: PAUSE_SECONDS,
    });
    const result = await this.recognizeRanges(samples, ranges, request.deadlineAt);
    return {
      text: result.segments.map(({ text }) => text).join(' '),
      language: 'en',
      segments: result.segments,
      ...(result.unintelligible.length > 0 && { unintelligible: result.unintelligible }),
      durationMs: Math.round(seconds * 1000),
      provider: 'moonshine',
      model: 'moonshine-tiny-en',
    };
  }

  async release(): Promise<void> {
    const model = await this.loading?.catch(() => undefined);
    await model?.release();
  }

  private async recognizeRanges(
    samples: Float32Array,
    ranges: readonly SampleRange[],
    deadlineAt: number | undefined,
  ): Promise<{ segments: TranscriptSegment[]; unintelligible: { startMs: number; endMs: number }[] }> {
    const isLate = () => deadlineAt !== undefined && this.now() >= deadlineAt;
    let hasLooped = false;
    const segments: TranscriptSegment[] = [];
    const unintelligible: { startMs: number; endMs: number }[] = [];
    for (const range of ranges) {
      const model = await this.loadModel();
      const speech = await model.recognize(removeOffset(samples.subarray(range.start, range.end)), isLate);
      if (speech === undefined) {
        throw new SpeechToTextError('deadline_exceeded', 'The recording was not transcribed within the deadline.');
      }
      const times = { startMs: toMs(range.start), endMs: toMs(range.end) };
      hasLooped ||= speech.isLooped;
      if (speech.isLooped || isHallucinated(speech, (times.endMs - times.startMs) / 1000)) unintelligible.push(times);
      else {
        const text = withoutBoilerplate(speech.text);
        if (text !== '') segments.push({ ...times, text, confidence: speech.confidence });
      }
    }
    if (segments.length === 0) throw createNoTranscriptError(hasLooped);
    return { segments, unintelligible };
  }

  private loadModel(): Promise<MoonshineModel> {
    this.loading ??= MoonshineModel.load(this.options.modelDir, this.options.threads).catch((error: unknown) => {
      // The files may be available at the next attempt.
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }
}

/**
 * Whether the text is a short phrase of low confidence over a long sound. Recognizers hallucinate such phrases on noise
 * ("Thank you for watching."). People speak three or more tokens per second.
 */
function isHallucinated({ tokens, confidence }: RecognizedSpeech, seconds: number): boolean {
  return (
    seconds >= HALLUCINATION.atLeastSeconds &&
    tokens / seconds < HALLUCINATION.tokensPerSecond &&
    confidence < HALLUCINATION.confidence
  );
}

function createNoTranscriptError(hasLooped: boolean): SpeechToTextError {
  return hasLooped
    ? new SpeechToTextError('looped', 'The recognizer only repeated itself: the audio contains no intelligible speech.')
    : new SpeechToTextError('no_speech', 'The recording contains no speech.');
}

/** Removes the mean (DC offset), because quiet speech with a large offset is not recognized. */
function removeOffset(samples: Float32Array): Float32Array {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return samples.map((sample) => sample - mean);
}

function toMs(sample: number): number {
  return Math.round((sample * 1000) / moonshineSampleRate);
}
