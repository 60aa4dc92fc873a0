/** A pinned package could not be had. The message names the remedy; `code` tells the cases apart. */
export class FetchError extends Error {
  constructor(
    readonly code: 'CHECKSUM_MISMATCH' | 'DOWNLOAD_FAILED' | 'PLATFORM_UNSUPPORTED' | 'PYTHON_MISSING' | 'FILE_MISSING',
    message: string,
  ) {
    super(message);
    this.name = 'FetchError';
  }
}
