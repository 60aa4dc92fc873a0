import type {
  SpeechToText,
  SpeechToTextErrorCode,
  TranscribeRequest,
  Transcription,
} from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import { WorkerThread } from '../../worker-thread/worker-thread.js';
import { toSpeechToTextError } from '../as-speech-to-text-error.js';
import type { RecognizeRequest, RecognizerOptions } from './moonshine-recognizer.js';

/** Options of `MoonshineSpeechToText`. */
export interface MoonshineOptions {
  /** Folder with `encoder_model.ort`, `decoder_model_merged.ort` and `tokenizer.bin`. */
  readonly modelDir: string;
  /** Maximum number of threads of one inference, 1 or 2. Default: 1. */
  readonly threads?: number | undefined;
  /** Maximum number of queued recordings, without the one in progress. Default: 64. */
  readonly maxWaiting?: number | undefined;
  /** Longer recordings are rejected. Default: 20 minutes. */
  readonly maxAudioSeconds?: number | undefined;
}

interface WaitingRequest {
  readonly request: RecognizeRequest;
  readonly resolve: (transcription: Transcription) => void;
  readonly reject: (error: SpeechToTextError) => void;
  readonly timer: NodeJS.Timeout | undefined;
}

const DEFAULTS = { threads: 1, maxWaiting: 64, maxAudioSeconds: 20 * 60 } as const;

/**
 * The local recognizer: Moonshine tiny (English) on the CPU, in a worker thread behind a bounded queue. If the queue is
 * full, requests fail at once with `overloaded`, which is retryable and applies back-pressure to callers.
 */
export class MoonshineSpeechToText implements SpeechToText {
  private readonly thread: WorkerThread<RecognizeRequest, Transcription>;
  private readonly maxWaiting: number;
  private readonly waiting: WaitingRequest[] = [];
  /** Settles when the queue is empty; absent while it is empty. */
  private draining: Promise<void> | undefined;
  private isClosed = false;

  constructor(options: MoonshineOptions) {
    this.maxWaiting = options.maxWaiting ?? DEFAULTS.maxWaiting;
    const data: RecognizerOptions = {
      modelDir: options.modelDir,
      threads: options.threads ?? DEFAULTS.threads,
      maxAudioSeconds: options.maxAudioSeconds ?? DEFAULTS.maxAudioSeconds,
    };
    this.thread = new WorkerThread({
      name: 'moonshine',
      siblingUrl: import.meta.url,
      file: 'worker',
      data,
      toError: ({ code, message }, cause) => new SpeechToTextError(code as SpeechToTextErrorCode, message, { cause }),
    });
  }

  transcribe(request: TranscribeRequest): Promise<Transcription> {
    if (this.isClosed) return Promise.reject(new SpeechToTextError('failed', 'The recognizer is closed.'));
    if (this.draining !== undefined && this.waiting.length >= this.maxWaiting) {
      return Promise.reject(
        new SpeechToTextError(
          'overloaded',
          `The queue is full with ${this.waiting.length} recordings; try again later.`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(this.toWaitingRequest(request, resolve, reject));
      this.draining ??= this.drain();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.draining;
    await this.thread.close();
  }

  private toWaitingRequest(
    { audio, channel, language, deadlineMs }: TranscribeRequest,
    resolve: WaitingRequest['resolve'],
    reject: WaitingRequest['reject'],
  ): WaitingRequest {
    const deadlineAt = deadlineMs === undefined ? undefined : Date.now() + deadlineMs;
    const waiting: WaitingRequest = {
      request: { wav: audio.wav, channel, language, deadlineAt },
      resolve,
      reject,
      timer: deadlineMs === undefined ? undefined : setTimeout(() => this.expire(waiting), deadlineMs),
    };
    return waiting;
  }

  /** Enforces the deadline of a waiting recording. Once in progress, the recognizer checks it between tokens. */
  private expire(waiting: WaitingRequest): void {
    const position = this.waiting.indexOf(waiting);
    if (position < 0) return;
    this.waiting.splice(position, 1);
    waiting.reject(new SpeechToTextError('deadline_exceeded', 'The recording waited in the queue until its deadline.'));
  }

  private async drain(): Promise<void> {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      clearTimeout(next.timer);
      try {
        // Copied, because the buffer is transferred to the thread, and the caller's buffer may be part of a pool.
        const wav = Uint8Array.from(next.request.wav);
        next.resolve(await this.thread.request({ ...next.request, wav }, [wav.buffer]));
      } catch (error) {
        next.reject(toSpeechToTextError(error));
      }
    }
    this.draining = undefined;
  }
}
