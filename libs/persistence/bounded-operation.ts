import mongoose from 'mongoose';

/** Longer than any operation of ours takes; an answer that has not come by then never comes. */
const MAX_OPERATION_MS = 30_000;

/**
 * Waits for the database's answer, and not for ever. The driver has no limit of its own: a command that is written to a socket
 * which was destroyed a moment before (a process that was frozen while the server died) is waited for without end.
 * @param maxMs 30 s unless said
 * @param onTimeout is called when the wait is given up
 * @throws MongoNetworkTimeoutError (see `isDatabaseUnavailable`) after `maxMs`; whether the operation had an effect is not known
 */
export async function answerInTime<T>(
  operation: PromiseLike<T>,
  maxMs: number = MAX_OPERATION_MS,
  onTimeout: (error: Error) => void = () => undefined,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new mongoose.mongo.MongoNetworkTimeoutError(`The database did not answer within ${maxMs} ms.`);
      onTimeout(error);
      reject(error);
    }, maxMs);
  });
  const answer = Promise.resolve(operation);
  // After the timeout its failure is expected, and must not count as an unhandled rejection.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
