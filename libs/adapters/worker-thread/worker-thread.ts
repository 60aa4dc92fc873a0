import { Worker, type Transferable } from 'node:worker_threads';
import type { ThreadFailure, ThreadReply, ThreadRequest } from './protocol.js';

/** Options of a worker thread. */
export interface WorkerThreadOptions {
  /** Name of the thread, for diagnostics. */
  readonly name: string;
  /** `import.meta.url` of a file in the same folder as the file that calls `serveRequests`. */
  readonly siblingUrl: string;
  /** Name of the file that calls `serveRequests`, without extension. */
  readonly file: string;
  /** Passed to the thread as its `workerData`. */
  readonly data: unknown;
  /** Recreates an error from its serialized form. If the thread ended, `cause` is the reason. */
  readonly toError: (failure: ThreadFailure, cause?: Error) => Error;
}

interface PendingRequest {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Runs requests in a worker thread, so that computation does not block the event loop. The thread starts with the first
 * request, restarts after a crash, and does not keep an idle process alive.
 */
export class WorkerThread<Q, A> {
  private worker: Worker | undefined;
  private readonly pendingRequests = new Map<number, PendingRequest>();
  private lastId = 0;

  constructor(private readonly options: WorkerThreadOptions) {}

  /**
   * Sends a request to the thread and returns the result.
   * @param transfer buffers that are moved to the thread and become unusable here
   * @throws the error that `toError` creates when the request fails or the thread ends
   */
  request(request: Q, transfer: readonly Transferable[] = []): Promise<A> {
    const worker = (this.worker ??= this.start());
    const id = ++this.lastId;
    return new Promise<A>((resolve, reject) => {
      this.pendingRequests.set(id, { resolve: (result) => resolve(result as A), reject });
      worker.ref();
      worker.postMessage({ kind: 'request', id, request } satisfies ThreadRequest<Q>, [...transfer]);
    });
  }

  /** Ends the thread after all previous requests. */
  async close(): Promise<void> {
    const worker = this.worker;
    if (worker === undefined) return;
    worker.ref();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ kind: 'close' } satisfies ThreadRequest<Q>);
    await ended;
  }

  private start(): Worker {
    const { name, siblingUrl, file, data } = this.options;
    // In the compiled program the thread runs the compiled file. Under Vitest it compiles the sources while it loads
    // them.
    const runsFromSources = siblingUrl.endsWith('.ts');
    const hooks = new URL('./register-typescript.ts', import.meta.url).href;
    const worker = new Worker(new URL(`./${file}.${runsFromSources ? 'ts' : 'js'}`, siblingUrl), {
      name,
      workerData: data,
      execArgv: runsFromSources ? ['--no-warnings', '--import', hooks] : [],
    });
    worker.on('message', (reply: ThreadReply<A>) => this.settle(worker, reply));
    worker.on('error', (cause: Error) => this.fail(worker, cause));
    worker.on('exit', (code) => this.fail(worker, new Error(`exit code ${code}`)));
    worker.unref();
    return worker;
  }

  private settle(worker: Worker, reply: ThreadReply<A>): void {
    const request = this.pendingRequests.get(reply.id);
    if (this.worker !== worker || !request) return;
    this.pendingRequests.delete(reply.id);
    if (this.pendingRequests.size === 0) worker.unref();
    if (reply.kind === 'succeeded') request.resolve(reply.result);
    else request.reject(this.options.toError(reply.failure));
  }

  private fail(worker: Worker, cause: Error): void {
    // A crash is reported twice, as error and as exit. The second report must not affect the next worker.
    if (this.worker !== worker) return;
    this.worker = undefined;
    const pending = [...this.pendingRequests.values()];
    this.pendingRequests.clear();
    const failure = { code: 'failed', message: `The ${this.options.name} thread ended: ${cause.message}` };
    for (const { reject } of pending) reject(this.options.toError(failure, cause));
  }
}
