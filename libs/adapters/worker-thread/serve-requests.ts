import { parentPort } from 'node:worker_threads';
import type { ThreadFailure, ThreadReply, ThreadRequest } from './protocol.js';

export interface Served<Q, A> {
  readonly answer: (request: Q) => Promise<A>;
  readonly describe: (error: unknown) => ThreadFailure;
  /** After what was asked before has been answered. */
  readonly release: () => Promise<void>;
  /** `in-turn` for what must not be entered twice, as a model; `together` for what mostly waits. */
  readonly order: 'in-turn' | 'together';
}

/** The thread's side of a `WorkerThread`. */
export function serveRequests<Q, A>({ answer, describe, release, order }: Served<Q, A>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file is the body of a worker thread; a WorkerThread starts it.');
  const reply = (message: ThreadReply<A>): void => port.postMessage(message);
  const serve = async (id: number, request: Q): Promise<void> => {
    try {
      reply({ kind: 'answered', id, answer: await answer(request) });
    } catch (error) {
      reply({ kind: 'failed', id, failure: describe(error) });
    }
  };
  let asked: Promise<unknown> = Promise.resolve();

  port.on('message', (message: ThreadRequest<Q>) => {
    if (message.kind === 'close') {
      // Without its listener the port no longer keeps the thread alive.
      void asked.then(release).finally(() => port.close());
      return;
    }
    const { id, request } = message;
    asked = order === 'in-turn' ? asked.then(() => serve(id, request)) : Promise.all([asked, serve(id, request)]);
  });
}
