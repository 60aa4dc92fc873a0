import { Worker, type Transferable } from 'node:worker_threads';
import type { ThreadFailure, ThreadReply, ThreadRequest } from './protocol.js';

export interface WorkerThreadOptions {
  /** In the lists of threads. */
  readonly name: string;
  /** Of the file that calls `serveRequests`: `import.meta.url` of its neighbour. */
  readonly besides: string;
  /** The file's name, without extension. */
  readonly file: string;
  /** Handed to the thread once, as its `workerData`. */
  readonly data: unknown;
  /** Puts an error together that the thread took apart, and one for a thread that ended, which is its `cause`. */
  readonly asError: (failure: ThreadFailure, cause?: Error) => Error;
}

interface Running {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Work in a thread of its own, so that its arithmetic never holds up the event loop. The thread starts with the first
 * request, is started anew after a crash, and does not keep an idle process alive.
 */
export class WorkerThread<Q, A> {
  private worker: Worker | undefined;
  private readonly running = new Map<number, Running>();
  private lastId = 0;

  constructor(private readonly options: WorkerThreadOptions) {}

  /** @param transfer buffers that are handed over, and are gone here */
  ask(request: Q, transfer: readonly Transferable[] = []): Promise<A> {
    const worker = (this.worker ??= this.start());
    const id = ++this.lastId;
    return new Promise<A>((resolve, reject) => {
      this.running.set(id, { resolve: (answer) => resolve(answer as A), reject });
      worker.ref();
      worker.postMessage({ kind: 'ask', id, request } satisfies ThreadRequest<Q>, [...transfer]);
    });
  }

  /** Ends the thread after what was asked before. */
  async close(): Promise<void> {
    const worker = this.worker;
    if (worker === undefined) return;
    worker.ref();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ kind: 'close' } satisfies ThreadRequest<Q>);
    await ended;
  }

  private start(): Worker {
    const { name, besides, file, data } = this.options;
    // Compiled, the thread's file lies beside ours; from the sources (under Jest) the thread compiles as it loads.
    const fromSources = besides.endsWith('.ts');
    const hooks = new URL('./register-typescript.ts', import.meta.url).href;
    const worker = new Worker(new URL(`./${file}.${fromSources ? 'ts' : 'js'}`, besides), {
      name,
      workerData: data,
      execArgv: fromSources ? ['--no-warnings', '--import', hooks] : [],
    });
    worker.on('message', (reply: ThreadReply<A>) => this.settle(worker, reply));
    worker.on('error', (cause: Error) => this.fail(worker, cause));
    worker.on('exit', (code) => this.fail(worker, new Error(`exit code ${code}`)));
    worker.unref();
    return worker;
  }

  private settle(worker: Worker, reply: ThreadReply<A>): void {
    const running = this.running.get(reply.id);
    if (this.worker !== worker || !running) return;
    this.running.delete(reply.id);
    if (this.running.size === 0) worker.unref();
    if (reply.kind === 'answered') running.resolve(reply.answer);
    else running.reject(this.options.asError(reply.failure));
  }

  private fail(worker: Worker, cause: Error): void {
    // A crash is reported twice, as error and as exit; the second must not touch the work of the next worker.
    if (this.worker !== worker) return;
    this.worker = undefined;
    const lost = [...this.running.values()];
    this.running.clear();
    const failure = { code: 'failed', message: `The ${this.options.name}’s thread ended: ${cause.message}` };
    for (const { reject } of lost) reject(this.options.asError(failure, cause));
  }
}
