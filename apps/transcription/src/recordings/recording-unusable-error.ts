/** `too_large`: more bytes than one recording may take in memory. */
export type RecordingUnusableErrorCode = 'too_large';

/** A recording that is not processed, because no try can succeed. */
export class RecordingUnusableError extends Error {
  override readonly name = 'RecordingUnusableError';

  constructor(
    readonly code: RecordingUnusableErrorCode,
    message: string,
  ) {
    super(message);
  }
}
