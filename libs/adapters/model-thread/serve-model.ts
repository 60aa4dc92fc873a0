import { parentPort } from 'node:worker_threads';
import type { ModelFailure, ThreadReply, ThreadRequest } from './protocol.js';

export interface ServedModel<Q, A> {
  readonly answer: (request: Q) => Promise<A>;
  readonly describe: (error: unknown) => ModelFailure;
  readonly release: () => Promise<void>;
}

/** The thread's side of a `ModelThread`: one request after another, so that the model is never entered twice. */
export function serveModel<Q, A>({ answer, describe, release }: ServedModel<Q, A>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file is the body of a worker thread; a ModelThread starts it.');
  const reply = (message: ThreadReply<A>): void => port.postMessage(message);
  let turn: Promise<void> = Promise.resolve();

  port.on('message', (message: ThreadRequest<Q>) => {
    turn = turn.then(async () => {
      // Without its listener the port no longer keeps the thread alive.
      if (message.kind === 'close') return release().finally(() => port.close());
      const { id, request } = message;
      try {
        reply({ kind: 'answered', id, answer: await answer(request) });
      } catch (error) {
        reply({ kind: 'failed', id, failure: describe(error) });
      }
    });
  });
}
