import mongoose from 'mongoose';

const DUPLICATE_KEY = 11_000;
const UNAVAILABLE_LABELS = [
  'RetryableWriteError',
  'TransientTransactionError',
  'UnknownTransactionCommitResult',
  'ResetPool',
];

/**
 * Error codes of a server that starts, steps down or shuts down. Errors of writes and transactions carry a label for
 * these; errors of plain reads do not. Source: MongoDB driver specification "Retryable Reads".
 */
const STATE_CHANGE_CODES: ReadonlySet<unknown> = new Set([
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

/** Whether a unique index rejected a write. */
export function isDuplicateKey(error: unknown): error is mongoose.mongo.MongoServerError {
  return error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Whether the database was unavailable, or did not confirm the operation. The operation itself is not the cause, so it
 * can be retried later.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return (
    error instanceof mongoose.mongo.MongoNetworkError ||
    error instanceof mongoose.mongo.MongoServerSelectionError ||
    error instanceof mongoose.mongo.MongoOperationTimeoutError ||
    error instanceof mongoose.mongo.MongoNotConnectedError ||
    (error instanceof mongoose.mongo.MongoServerError && STATE_CHANGE_CODES.has(error.code)) ||
    (error instanceof mongoose.mongo.MongoError && UNAVAILABLE_LABELS.some((label) => error.hasErrorLabel(label)))
  );
}
