/** `too_large`: the recording exceeds the maximum size that is loaded into memory. */
export type RecordingUnusableErrorCode = 'too_large';

/** The recording can never be processed, so a retry cannot succeed. */
export class RecordingUnusableError extends Error {
  override readonly name = 'RecordingUnusableError';

  constructor(
    readonly code: RecordingUnusableErrorCode,
    message: string,
  ) {
    super(message);
  }
}
