import type { TranscribeRequest, Transcription, TranscriptSegment } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import { resample } from '../audio/resample.js';
import type { SampleRange } from '../audio/speech-segments.js';
import { speechSegments } from '../audio/speech-segments.js';
import { decodeWav, pickChannel } from '../audio/wav.js';
import type { RecognisedSpeech } from './moonshine-model.js';
import { MoonshineModel, moonshineSampleRate } from './moonshine-model.js';

export interface RecogniserOptions {
  /** Folder of the model's files. */
  readonly modelDir: string;
  /** Threads one inference may use; 1 leaves the rest of a small machine to others. */
  readonly threads: number;
  /** Longer recordings are refused. */
  readonly maxAudioSeconds: number;
}

/** What crosses to the worker: no functions, and the deadline as an instant, since waiting counts. */
export interface RecogniseRequest {
  readonly wav: Uint8Array;
  readonly channel: number | undefined;
  readonly language: TranscribeRequest['language'];
  /** Milliseconds since the epoch. */
  readonly deadlineAt: number | undefined;
}

/** The model takes 30 s; beyond about 20 s it gets worse. */
const longestSegmentSeconds = 20;
const pauseSeconds = 0.8;
const invention = { atLeastSeconds: 3, tokensPerSecond: 1, confidence: 0.7 } as const;

/** From the bytes of a WAV to a transcription. Loads its model on the first audio that holds speech. */
export class MoonshineRecogniser {
  private loading: Promise<MoonshineModel> | undefined;

  constructor(
    private readonly options: RecogniserOptions,
    private readonly now: () => number = Date.now,
  ) {}

  /** One at a time. Throws `SpeechToTextError`. */
  async recognise(request: RecogniseRequest): Promise<Transcription> {
    if (request.language !== 'en') {
      throw new SpeechToTextError(
        'unsupported_language',
        'Moonshine tiny knows English only; name another recogniser.',
      );
    }
    const audio = decodeWav(Buffer.from(request.wav.buffer, request.wav.byteOffset, request.wav.byteLength));
    const recorded = pickChannel(audio, request.channel);
    const seconds = recorded.length / audio.sampleRate;
    if (seconds > this.options.maxAudioSeconds) {
      throw new SpeechToTextError(
        'too_long',
        `The recording is ${Math.round(seconds)} s long; at most ${this.options.maxAudioSeconds} s are taken.`,
      );
    }
    const samples = resample(recorded, audio.sampleRate, moonshineSampleRate);
    const ranges = speechSegments(samples, {
      sampleRate: moonshineSampleRate,
      maxSeconds: longestSegmentSeconds,
      pauseSeconds,
    });
    const heard = await this.recogniseRanges(samples, ranges, request.deadlineAt);
    return {
      text: heard.segments.map(({ text }) => text).join(' '),
      language: 'en',
      segments: heard.segments,
      ...(heard.unintelligible.length > 0 && { unintelligible: heard.unintelligible }),
      durationMs: Math.round(seconds * 1000),
      provider: 'moonshine',
      model: 'moonshine-tiny-en',
    };
  }

  async release(): Promise<void> {
    const model = await this.loading?.catch(() => undefined);
    await model?.release();
  }

  private async recogniseRanges(
    samples: Float32Array,
    ranges: readonly SampleRange[],
    deadlineAt: number | undefined,
  ): Promise<{ segments: TranscriptSegment[]; unintelligible: { startMs: number; endMs: number }[] }> {
    const isLate = () => deadlineAt !== undefined && this.now() >= deadlineAt;
    let looped = false;
    const segments: TranscriptSegment[] = [];
    const unintelligible: { startMs: number; endMs: number }[] = [];
    for (const range of ranges) {
      const model = await this.model();
      const speech = await model.recognise(withoutOffset(samples.subarray(range.start, range.end)), isLate);
      if (speech === undefined) {
        throw new SpeechToTextError('deadline_exceeded', 'The recording was not transcribed in the time allowed.');
      }
      const times = { startMs: toMs(range.start), endMs: toMs(range.end) };
      looped ||= speech.looped;
      if (speech.looped || isInvented(speech, (times.endMs - times.startMs) / 1000)) unintelligible.push(times);
      else if (speech.text !== '') segments.push({ ...times, text: speech.text, confidence: speech.confidence });
    }
    if (segments.length === 0) throw nothingHeard(looped);
    return { segments, unintelligible };
  }

  private model(): Promise<MoonshineModel> {
    this.loading ??= MoonshineModel.load(this.options.modelDir, this.options.threads).catch((error: unknown) => {
      // The files may be there the next time.
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }
}

/**
 * A short stock phrase, unsure, over long sound: what recognisers make of noise ("Thank you for watching."). People say
 * three or more tokens a second.
 */
function isInvented({ tokens, confidence }: RecognisedSpeech, seconds: number): boolean {
  return (
    seconds >= invention.atLeastSeconds &&
    tokens / seconds < invention.tokensPerSecond &&
    confidence < invention.confidence
  );
}

function nothingHeard(looped: boolean): SpeechToTextError {
  return looped
    ? new SpeechToTextError('looped', 'The recogniser only repeated itself: the sound is no intelligible speech.')
    : new SpeechToTextError('no_speech', 'Nobody speaks in the recording.');
}

/** Removes the mean (DC): quiet speech on top of a large one is not recognized. */
function withoutOffset(samples: Float32Array): Float32Array {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return samples.map((sample) => sample - mean);
}

function toMs(sample: number): number {
  return Math.round((sample * 1000) / moonshineSampleRate);
}
