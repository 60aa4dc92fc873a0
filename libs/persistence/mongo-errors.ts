import mongoose from 'mongoose';

const DUPLICATE_KEY = 11_000;
const NOT_SERVING = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult', 'ResetPool'];

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
    (error instanceof mongoose.mongo.MongoError && NOT_SERVING.some((label) => error.hasErrorLabel(label)))
  );
}
