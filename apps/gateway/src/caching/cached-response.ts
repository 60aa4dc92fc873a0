/** Byte value of a line feed. */
const NEWLINE = 10;

/** The parts of a response that are cached: status and other headers are the same for all cached responses. */
export interface CachedResponse {
  readonly etag: string;
  /** The content encoding; empty for an uncompressed body. */
  readonly encoding: string;
  readonly body: Buffer;
}

/**
 * Encodes a cache entry: version, content encoding and entity tag, one line each, followed by the bytes of the body.
 */
export function encodeEntry({ encoding, etag, body }: CachedResponse, version: string): Buffer {
  return Buffer.concat([Buffer.from(`${version}\n${encoding}\n${etag}\n`, 'latin1'), body]);
}

/**
 * Decodes a cache entry.
 * @returns `null` if there is no entry, or if it was stored under another version
 */
export function decodeEntry(stored: Buffer | null | undefined, version: string): CachedResponse | null {
  if (!stored || stored.toString('latin1', 0, version.length) !== version || stored[version.length] !== NEWLINE)
    return null;
  const encodingEnd = stored.indexOf(NEWLINE, version.length + 1);
  const etagEnd = stored.indexOf(NEWLINE, encodingEnd + 1);
  return {
    encoding: stored.toString('latin1', version.length + 1, encodingEnd),
    etag: stored.toString('latin1', encodingEnd + 1, etagEnd),
    body: stored.subarray(etagEnd + 1),
  };
}
