import type { SpeechToText, TranscribeRequest, Transcription, TranscriptSegment } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';
import { ProviderError } from '#libs/ports/errors.js';
import { OpenAiClient, type OpenAiAccount } from '../../openai/openai-client.js';
import { OPENAI_PROVIDER } from '../../openai/openai-errors.js';
import { encodeWav } from '../audio/encode-wav.js';
import { findSpeechSegments, type SampleRange } from '../audio/speech-segments.js';
import { decodeWav, pickChannel } from '../audio/wav.js';
import { readTokenResponse, readVerboseResponse, type TranscribedChunk } from './read-answer.js';

/** Options of `OpenAiSpeechToText`. */
export interface OpenAiSpeechOptions extends OpenAiAccount {
  /** `whisper-1` returns times of segments and words. The `…-transcribe` models return token probabilities instead. */
  readonly model: string;
  /** Longer recordings are rejected, because they cost money and no call is that long. Default: 30 minutes. */
  readonly maxAudioSeconds?: number | undefined;
}

/** 30 minutes, longer than any call of DelAuto. */
const DEFAULT_MAX_AUDIO_SECONDS = 30 * 60;
/**
 * OpenAI accepts files up to 25 MB, which is 13 minutes at 16 kHz. Shorter chunks give more precise times at the same
 * cost.
 */
const CHUNK_SECONDS = 60;
const PAUSE_SECONDS = 1.5;
const MODEL_WITH_TIMES = 'whisper-1';

/**
 * Transcribes with OpenAI's models. Sends only the customer's channel, and only its segments with speech: silence would
 * cost money, and recognizers hallucinate sentences on it.
 */
export class OpenAiSpeechToText implements SpeechToText {
  private readonly client: OpenAiClient;
  private readonly running = new Set<Promise<unknown>>();
  private isClosed = false;

  constructor(private readonly options: OpenAiSpeechOptions) {
    this.client = new OpenAiClient(options);
  }

  transcribe(request: TranscribeRequest): Promise<Transcription> {
    if (this.isClosed) return Promise.reject(new SpeechToTextError('failed', 'The recognizer is closed.'));
    const work = this.recognize(request);
    const settled = work.catch(() => undefined).finally(() => this.running.delete(settled));
    this.running.add(settled);
    return work;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.running);
  }

  private async recognize({ audio, channel, language, deadlineMs }: TranscribeRequest): Promise<Transcription> {
    const deadline = performance.now() + (deadlineMs ?? Infinity);
    const decoded = decodeWav(audio.wav);
    const samples = pickChannel(decoded, channel);
    const seconds = samples.length / decoded.sampleRate;
    const maxSeconds = this.options.maxAudioSeconds ?? DEFAULT_MAX_AUDIO_SECONDS;
    if (seconds > maxSeconds) {
      const message = `The recording is ${Math.round(seconds)} s long; the maximum is ${maxSeconds} s.`;
      throw new SpeechToTextError('too_long', message);
    }
    const options = { sampleRate: decoded.sampleRate, maxSeconds: CHUNK_SECONDS, pauseSeconds: PAUSE_SECONDS };
    const ranges = findSpeechSegments(samples, options);
    const chunks: TranscribedChunk[] = [];
    for (const range of ranges) {
      const wav = encodeWav(samples.subarray(range.start, range.end), decoded.sampleRate);
      chunks.push(await this.transcribeChunk(wav, toSpan(range, decoded.sampleRate), language, deadline));
    }
    const segments = chunks.flatMap((chunk) => chunk.segments);
    if (segments.length === 0) throw createNoTranscriptError(chunks);
    const unintelligible = chunks.flatMap((chunk) => chunk.unintelligible);
    return {
      text: segments.map(({ text }) => text).join(' '),
      language,
      segments,
      ...(unintelligible.length > 0 && { unintelligible }),
      durationMs: Math.round(seconds * 1_000),
      provider: OPENAI_PROVIDER,
      model: this.options.model,
    };
  }

  private async transcribeChunk(
    wav: Buffer,
    span: Pick<TranscriptSegment, 'startMs' | 'endMs'>,
    language: TranscribeRequest['language'],
    deadline: number,
  ): Promise<TranscribedChunk> {
    const timeoutMs = deadline - performance.now();
    if (timeoutMs <= 0) throw createDeadlineError();
    const { model } = this.options;
    const { toFile } = await import('openai');
    const file = await toFile(wav, 'speech.wav', { type: 'audio/wav' });
    try {
      if (model === MODEL_WITH_TIMES) {
        const response = await this.client.request(
          (openai, options) =>
            openai.audio.transcriptions.create(
              {
                file,
                model,
                language,
                temperature: 0,
                response_format: 'verbose_json',
                timestamp_granularities: ['word', 'segment'],
              },
              options,
            ),
          { timeoutMs },
        );
        return readVerboseResponse(response, span);
      }
      const response = await this.client.request(
        (openai, options) =>
          openai.audio.transcriptions.create(
            { file, model, language, response_format: 'json', include: ['logprobs'] },
            options,
          ),
        { timeoutMs },
      );
      return readTokenResponse(response, span);
    } catch (error) {
      const hasTimedOut = error instanceof ProviderError && error.code === 'timeout';
      throw hasTimedOut && timeoutMs <= this.client.timeoutMs ? createDeadlineError() : error;
    }
  }
}

const createDeadlineError = (): SpeechToTextError =>
  new SpeechToTextError('deadline_exceeded', 'The recording was not transcribed within the deadline.');

function toSpan({ start, end }: SampleRange, sampleRate: number): { startMs: number; endMs: number } {
  const toMs = (sample: number): number => Math.round((sample * 1_000) / sampleRate);
  return { startMs: toMs(start), endMs: toMs(end) };
}

function createNoTranscriptError(chunks: readonly TranscribedChunk[]): SpeechToTextError {
  return chunks.some(({ unintelligible }) => unintelligible.length > 0)
    ? new SpeechToTextError('looped', 'The recognizer only repeated itself: the audio contains no intelligible speech.')
    : new SpeechToTextError('no_speech', 'The recording contains no speech.');
}
