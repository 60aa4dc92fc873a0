import mongoose from 'mongoose';

/** Longer than any operation takes: a reply that has not arrived by then never arrives. */
const MAX_OPERATION_MS = 30_000;

/**
 * Waits for a database operation with a timeout. The driver has none: it waits forever for a command written to a
 * socket that was just destroyed, for example when this process was frozen while the server died.
 * @param maxMs timeout, default 30 s
 * @param onTimeout called when the timeout expires
 * @throws MongoNetworkTimeoutError (see `isDatabaseUnavailable`) after `maxMs`; the operation may have had an effect
 */
export async function withTimeout<T>(
  operation: PromiseLike<T>,
  maxMs: number = MAX_OPERATION_MS,
  onTimeout: (error: Error) => void = () => undefined,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new mongoose.mongo.MongoNetworkTimeoutError(`The database did not reply within ${maxMs} ms.`);
      onTimeout(error);
      reject(error);
    }, maxMs);
  });
  const result = Promise.resolve(operation);
  // A failure after the timeout is expected and must not become an unhandled rejection.
  result.catch(() => undefined);
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
