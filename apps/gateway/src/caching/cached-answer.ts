const NEWLINE = 10;

export interface CachedAnswer {
  readonly etag: string;
  readonly encoding: string;
  readonly body: Buffer;
}

/**
 * Encodes a cache entry: version, content encoding and entity tag, one line each, followed by the bytes of the body.
 */
export function entryOf({ encoding, etag, body }: CachedAnswer, version: string): Buffer {
  return Buffer.concat([Buffer.from(`${version}\n${encoding}\n${etag}\n`, 'latin1'), body]);
}

/**
 * Decodes a cache entry.
 * @returns `null` if there is no entry, or if it was stored under another version
 */
export function answerIn(stored: Buffer | null | undefined, version: string): CachedAnswer | null {
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
