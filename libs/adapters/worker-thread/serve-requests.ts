import { parentPort } from 'node:worker_threads';
import type { ThreadFailure, ThreadReply, ThreadRequest } from './protocol.js';

/** The functions that serve requests of type `Q` with results of type `A`. */
export interface RequestHandling<Q, A> {
  readonly handle: (request: Q) => Promise<A>;
  /** Serializes an error of `handle`. */
  readonly toFailure: (error: unknown) => ThreadFailure;
  /** Called on close, after the replies to all previous requests. */
  readonly release: () => Promise<void>;
  /** `sequential` runs requests one at a time, for code that is not reentrant. `concurrent` runs them concurrently. */
  readonly order: 'sequential' | 'concurrent';
}

/** Serves the requests of a `WorkerThread` inside the thread. */
export function serveRequests<Q, A>({ handle, toFailure, release, order }: RequestHandling<Q, A>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file must run in a worker thread. Start it with WorkerThread.');
  const reply = (message: ThreadReply<A>): void => port.postMessage(message);
  const serve = async (id: number, request: Q): Promise<void> => {
    try {
      reply({ kind: 'succeeded', id, result: await handle(request) });
    } catch (error) {
      reply({ kind: 'failed', id, failure: toFailure(error) });
    }
  };
  let pending: Promise<unknown> = Promise.resolve();

  port.on('message', (message: ThreadRequest<Q>) => {
    if (message.kind === 'close') {
      // A closed port no longer keeps the thread alive.
      void pending.then(release).finally(() => port.close());
      return;
    }
    const { id, request } = message;
    pending =
      order === 'sequential' ? pending.then(() => serve(id, request)) : Promise.all([pending, serve(id, request)]);
  });
}
