/** `too_large`: more bytes than we hold in memory for one recording. */
export type RecordingUnusableErrorCode = 'too_large';

/** A recording that is not even fetched, because no try can succeed. */
export class RecordingUnusableError extends Error {
  override readonly name = 'RecordingUnusableError';

  constructor(
    readonly code: RecordingUnusableErrorCode,
    message: string,
  ) {
    super(message);
  }
}
