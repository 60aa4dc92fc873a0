import type { SpeechToText, TranscribeRequest, Transcription, TranscriptSegment } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';
import { ProviderError } from '#libs/ports/errors.js';
import { OpenAiClient, type OpenAiAccount } from '../../openai/openai-client.js';
import { OPENAI_PROVIDER } from '../../openai/openai-errors.js';
import { encodeWav } from '../audio/encode-wav.js';
import { speechSegments, type SampleRange } from '../audio/speech-segments.js';
import { decodeWav, pickChannel } from '../audio/wav.js';
import { readTokenAnswer, readVerboseAnswer, type HeardChunk } from './read-answer.js';

export interface OpenAiSpeechOptions extends OpenAiAccount {
  /** `whisper-1` gives times of segments and words; the `…-transcribe` models give neither, and their tokens' certainty. */
  readonly model: string;
  /** Longer recordings are refused: they cost money, and nobody speaks so long. */
  readonly maxAudioSeconds?: number | undefined;
}

/** Half an hour: no call of ours lasts as long. */
const MOST_AUDIO_SECONDS = 30 * 60;
/** A request's file may have 25 MB; that is 13 minutes at 16 kHz. Shorter pieces give better times and cost no more. */
const CHUNK_SECONDS = 60;
const PAUSE_SECONDS = 1.5;
const WITH_TIMES = 'whisper-1';

/**
 * OpenAI's transcription models. Only the customer's channel is sent, and of it only where somebody speaks: what is
 * silent costs nothing, and recognisers invent sentences for silence.
 */
export class OpenAiSpeechToText implements SpeechToText {
  private readonly client: OpenAiClient;
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly options: OpenAiSpeechOptions) {
    this.client = new OpenAiClient(options);
  }

  transcribe(request: TranscribeRequest): Promise<Transcription> {
    if (this.closed) return Promise.reject(new SpeechToTextError('failed', 'The recogniser is closed.'));
    const work = this.recognise(request);
    const settled = work.catch(() => undefined).finally(() => this.running.delete(settled));
    this.running.add(settled);
    return work;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.running);
  }

  private async recognise({ audio, channel, language, deadlineMs }: TranscribeRequest): Promise<Transcription> {
    const until = performance.now() + (deadlineMs ?? Infinity);
    const decoded = decodeWav(audio.wav);
    const samples = pickChannel(decoded, channel);
    const seconds = samples.length / decoded.sampleRate;
    const most = this.options.maxAudioSeconds ?? MOST_AUDIO_SECONDS;
    if (seconds > most) {
      const message = `The recording is ${Math.round(seconds)} s long; at most ${most} s are taken.`;
      throw new SpeechToTextError('too_long', message);
    }
    const options = { sampleRate: decoded.sampleRate, maxSeconds: CHUNK_SECONDS, pauseSeconds: PAUSE_SECONDS };
    const ranges = speechSegments(samples, options);
    const heard: HeardChunk[] = [];
    for (const range of ranges) {
      const wav = encodeWav(samples.subarray(range.start, range.end), decoded.sampleRate);
      heard.push(await this.ask(wav, spanOf(range, decoded.sampleRate), language, until));
    }
    const segments = heard.flatMap((chunk) => chunk.segments);
    if (segments.length === 0) throw nothingHeard(heard);
    const unintelligible = heard.flatMap((chunk) => chunk.unintelligible);
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

  private async ask(
    wav: Buffer,
    span: Pick<TranscriptSegment, 'startMs' | 'endMs'>,
    language: TranscribeRequest['language'],
    until: number,
  ): Promise<HeardChunk> {
    const timeoutMs = until - performance.now();
    if (timeoutMs <= 0) throw late();
    const { model } = this.options;
    const { toFile } = await import('openai');
    const file = await toFile(wav, 'speech.wav', { type: 'audio/wav' });
    try {
      if (model === WITH_TIMES) {
        const answer = await this.client.ask(
          (openai, options) =>
            openai.audio.transcriptions.create(
              {
                ...{ file, model, language, temperature: 0 },
                ...{ response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] },
              },
              options,
            ),
          { timeoutMs },
        );
        return readVerboseAnswer(answer, span);
      }
      const answer = await this.client.ask(
        (openai, options) =>
          openai.audio.transcriptions.create(
            { file, model, language, response_format: 'json', include: ['logprobs'] },
            options,
          ),
        { timeoutMs },
      );
      return readTokenAnswer(answer, span);
    } catch (error) {
      const ranOut = error instanceof ProviderError && error.code === 'timeout';
      throw ranOut && timeoutMs <= this.client.timeoutMs ? late() : error;
    }
  }
}

const late = (): SpeechToTextError =>
  new SpeechToTextError('deadline_exceeded', 'The recording was not transcribed in the time allowed.');

function spanOf({ start, end }: SampleRange, sampleRate: number): { startMs: number; endMs: number } {
  const toMs = (sample: number): number => Math.round((sample * 1_000) / sampleRate);
  return { startMs: toMs(start), endMs: toMs(end) };
}

function nothingHeard(heard: readonly HeardChunk[]): SpeechToTextError {
  return heard.some(({ unintelligible }) => unintelligible.length > 0)
    ? new SpeechToTextError('looped', 'The recogniser only repeated itself: the sound is no intelligible speech.')
    : new SpeechToTextError('no_speech', 'Nobody speaks in the recording.');
}
