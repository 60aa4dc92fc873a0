/** A pinned package could not be fetched. The message says what to do; `code` distinguishes the cases. */
export class FetchError extends Error {
  constructor(
    readonly code: 'CHECKSUM_MISMATCH' | 'DOWNLOAD_FAILED' | 'PLATFORM_UNSUPPORTED' | 'PYTHON_MISSING' | 'FILE_MISSING',
    message: string,
  ) {
    super(message);
    this.name = 'FetchError';
  }
}
