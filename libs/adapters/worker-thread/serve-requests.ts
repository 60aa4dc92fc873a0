import { parentPort } from 'node:worker_threads';
import type { ThreadFailure, ThreadReply, ThreadRequest } from './protocol.js';

export interface Served<Q, A> {
  readonly answer: (request: Q) => Promise<A>;
  readonly describe: (error: unknown) => ThreadFailure;
  /** Called on close, after all previous requests have been answered. */
  readonly release: () => Promise<void>;
  /** `in-turn` runs requests one at a time, for code that is not reentrant. `together` runs them concurrently. */
  readonly order: 'in-turn' | 'together';
}

/** Serves the requests of a `WorkerThread` inside the thread. */
export function serveRequests<Q, A>({ answer, describe, release, order }: Served<Q, A>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file must run in a worker thread. Start it with WorkerThread.');
  const reply = (message: ThreadReply<A>): void => port.postMessage(message);
  const serve = async (id: number, request: Q): Promise<void> => {
    try {
      reply({ kind: 'answered', id, answer: await answer(request) });
    } catch (error) {
      reply({ kind: 'failed', id, failure: describe(error) });
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
    pending = order === 'in-turn' ? pending.then(() => serve(id, request)) : Promise.all([pending, serve(id, request)]);
  });
}
