import mongoose from 'mongoose';

const DUPLICATE_KEY = 11_000;
const NOT_SERVING = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult', 'ResetPool'];

/**
 * What a server says while it starts, steps down or shuts down. Writes and transactions carry a label for these; plain
 * reads do not. From the drivers' specification of retryable reads.
 */
const STATE_CHANGES: ReadonlySet<unknown> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  89, // NetworkTimeout
  91, // ShutdownInProgress
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9_001, // SocketException
  10_107, // NotWritablePrimary
  11_600, // InterruptedAtShutdown
  11_602, // InterruptedDueToReplStateChange
  13_435, // NotPrimaryNoSecondaryOk
  13_436, // NotPrimaryOrSecondary
]);

/** A unique index refused a write. */
export function isDuplicateKey(error: unknown): error is mongoose.mongo.MongoServerError {
  return error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * The database could not be asked, or did not say whether it did it: nobody's message or request is to blame, and the
 * same thing may be tried again later.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return (
    error instanceof mongoose.mongo.MongoNetworkError ||
    error instanceof mongoose.mongo.MongoServerSelectionError ||
    error instanceof mongoose.mongo.MongoOperationTimeoutError ||
    error instanceof mongoose.mongo.MongoNotConnectedError ||
    (error instanceof mongoose.mongo.MongoServerError && STATE_CHANGES.has(error.code)) ||
    (error instanceof mongoose.mongo.MongoError && NOT_SERVING.some((label) => error.hasErrorLabel(label)))
  );
}
