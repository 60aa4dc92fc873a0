import type {
  SpeechToText,
  SpeechToTextErrorCode,
  TranscribeRequest,
  Transcription,
} from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import { WorkerThread } from '../../worker-thread/worker-thread.js';
import { asSpeechToTextError } from '../as-speech-to-text-error.js';
import type { RecogniseRequest, RecogniserOptions } from './moonshine-recogniser.js';

export interface MoonshineOptions {
  /** Folder with `encoder_model.ort`, `decoder_model_merged.ort` and `tokenizer.bin`. */
  readonly modelDir: string;
  /** Threads one inference may use, 1 or 2. */
  readonly threads?: number | undefined;
  /** How many recordings may wait beside the one in work; one more is `overloaded`. */
  readonly maxWaiting?: number | undefined;
  readonly maxAudioSeconds?: number | undefined;
}

interface Waiting {
  readonly request: RecogniseRequest;
  readonly resolve: (transcription: Transcription) => void;
  readonly reject: (error: SpeechToTextError) => void;
  readonly timer: NodeJS.Timeout | undefined;
}

const defaults = { threads: 1, maxWaiting: 64, maxAudioSeconds: 20 * 60 } as const;

/**
 * The local recogniser: Moonshine tiny (English) on the CPU, in a worker thread, behind a bounded queue. When the queue
 * is full callers get `overloaded` at once, which is retryable: that is the back-pressure for whoever feeds it.
 */
export class MoonshineSpeechToText implements SpeechToText {
  private readonly thread: WorkerThread<RecogniseRequest, Transcription>;
  private readonly maxWaiting: number;
  private readonly waiting: Waiting[] = [];
  private work: Promise<void> | undefined;
  private closed = false;

  constructor(options: MoonshineOptions) {
    this.maxWaiting = options.maxWaiting ?? defaults.maxWaiting;
    const data: RecogniserOptions = {
      modelDir: options.modelDir,
      threads: options.threads ?? defaults.threads,
      maxAudioSeconds: options.maxAudioSeconds ?? defaults.maxAudioSeconds,
    };
    this.thread = new WorkerThread({
      ...{ name: 'moonshine', besides: import.meta.url, file: 'worker', data },
      asError: ({ code, message }, cause) => new SpeechToTextError(code as SpeechToTextErrorCode, message, { cause }),
    });
  }

  transcribe(request: TranscribeRequest): Promise<Transcription> {
    if (this.closed) return Promise.reject(new SpeechToTextError('failed', 'The recogniser is closed.'));
    if (this.work !== undefined && this.waiting.length >= this.maxWaiting) {
      return Promise.reject(
        new SpeechToTextError('overloaded', `${this.waiting.length} recordings wait already; try again later.`),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(this.enqueued(request, resolve, reject));
      this.work ??= this.drain();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.work;
    await this.thread.close();
  }

  private enqueued(
    { audio, channel, language, deadlineMs }: TranscribeRequest,
    resolve: Waiting['resolve'],
    reject: Waiting['reject'],
  ): Waiting {
    const deadlineAt = deadlineMs === undefined ? undefined : Date.now() + deadlineMs;
    const waiting: Waiting = {
      request: { wav: audio.wav, channel, language, deadlineAt },
      resolve,
      reject,
      timer: deadlineMs === undefined ? undefined : setTimeout(() => this.expire(waiting), deadlineMs),
    };
    return waiting;
  }

  /** While it waits the deadline is kept here; once in work, by the recogniser between two tokens. */
  private expire(waiting: Waiting): void {
    const position = this.waiting.indexOf(waiting);
    if (position < 0) return;
    this.waiting.splice(position, 1);
    waiting.reject(new SpeechToTextError('deadline_exceeded', 'The recording waited longer than the time allowed.'));
  }

  private async drain(): Promise<void> {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      clearTimeout(next.timer);
      try {
        // A copy of its own may be handed over; the caller's buffer may be part of a pool.
        const wav = Uint8Array.from(next.request.wav);
        next.resolve(await this.thread.ask({ ...next.request, wav }, [wav.buffer]));
      } catch (error) {
        next.reject(asSpeechToTextError(error));
      }
    }
    this.work = undefined;
  }
}
