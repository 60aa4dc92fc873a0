import { Worker } from 'node:worker_threads';

import type { Transcription } from '#libs/ports/speech-to-text.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';

import type { RecogniseRequest, RecogniserOptions } from './moonshine-recogniser.js';
import type { WorkerReply, WorkerRequest } from './worker-protocol.js';

/** Compiled, the worker's file lies beside this one; from the sources (under Jest) the thread compiles as it loads. */
const runsFromSources = import.meta.url.endsWith('.ts');
const workerEntry = {
  url: new URL(runsFromSources ? './worker.ts' : './worker.js', import.meta.url),
  execArgv: runsFromSources
    ? ['--no-warnings', '--import', new URL('./register-typescript.ts', import.meta.url).href]
    : [],
};

interface Running {
  readonly id: number;
  readonly resolve: (transcription: Transcription) => void;
  readonly reject: (error: SpeechToTextError) => void;
}

/**
 * Recognition in a worker thread, so that seconds of arithmetic never hold up the event loop. The thread starts with
 * the first recording, is started anew after a crash, and does not keep an idle process alive. One recording at a time:
 * the caller queues.
 */
export class RecognitionThread {
  private worker: Worker | undefined;
  private running: Running | undefined;
  private lastId = 0;

  constructor(private readonly options: RecogniserOptions) {}

  /** Throws `SpeechToTextError`. */
  recognise(request: RecogniseRequest): Promise<Transcription> {
    const worker = (this.worker ??= this.start());
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.running = { id, resolve, reject };
      worker.ref();
      // A copy of its own may be handed over; the caller's buffer may be part of a pool.
      const wav = Uint8Array.from(request.wav);
      const message: WorkerRequest = { kind: 'recognise', id, request: { ...request, wav } };
      worker.postMessage(message, [wav.buffer]);
    });
  }

  /** Frees the model and ends the thread. Nothing may be running. */
  async close(): Promise<void> {
    const worker = this.worker;
    if (worker === undefined) return;
    this.worker = undefined;
    worker.ref();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ kind: 'close' } satisfies WorkerRequest);
    await ended;
  }

  private start(): Worker {
    const worker = new Worker(workerEntry.url, {
      name: 'moonshine',
      workerData: this.options,
      execArgv: workerEntry.execArgv,
    });
    worker.on('message', (message: WorkerReply) => this.settle(worker, message));
    worker.on('error', (cause: Error) => this.fail(worker, cause));
    worker.on('exit', (code) => this.fail(worker, new Error(`exit code ${code}`)));
    worker.unref();
    return worker;
  }

  private settle(worker: Worker, reply: WorkerReply): void {
    const running = this.running;
    if (running?.id !== reply.id) return;
    this.running = undefined;
    worker.unref();
    if (reply.kind === 'transcribed') running.resolve(reply.transcription);
    else running.reject(new SpeechToTextError(reply.code, reply.message));
  }

  private fail(worker: Worker, cause: Error): void {
    // A crash is reported twice, as error and as exit; the second must not touch the work of the next worker.
    if (this.worker !== worker) return;
    this.worker = undefined;
    const running = this.running;
    this.running = undefined;
    running?.reject(new SpeechToTextError('failed', `The recogniser’s thread ended: ${cause.message}`, { cause }));
  }
}
