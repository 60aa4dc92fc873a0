import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

import { ObjectStoreError } from '#libs/ports/object-store.js';

/** Returns the SHA-256 of a buffer, in hexadecimal. */
export function computeSha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Creates a `checksum_mismatch` error. Checksums are in hexadecimal. */
export function createChecksumMismatchError(key: string, expected: string, actual: string): ObjectStoreError {
  return new ObjectStoreError(
    'checksum_mismatch',
    key,
    `The content of ${key} has the SHA-256 ${actual}, expected ${expected}; fetch the source again.`,
  );
}

/** A pass-through stream that computes size and SHA-256. Both are complete once the stream has ended. */
export class ChecksummedStream {
  readonly stream: Readable;
  private readonly hash = createHash('sha256');
  private bytes = 0;
  private digest: string | undefined;

  /** @param expected SHA-256 in hexadecimal; on a mismatch the stream fails instead of ending */
  constructor(source: AsyncIterable<Buffer>, key: string, expected: string | undefined) {
    this.stream = Readable.from(this.pass(source, key, expected), { objectMode: false });
  }

  get size(): number {
    return this.bytes;
  }

  get sha256(): string {
    if (this.digest === undefined) throw new RangeError('The checksum is not available before the stream has ended.');
    return this.digest;
  }

  private async *pass(
    source: AsyncIterable<Buffer>,
    key: string,
    expected: string | undefined,
  ): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      this.hash.update(chunk);
      this.bytes += chunk.length;
      yield chunk;
    }
    this.digest = this.hash.digest('hex');
    if (expected !== undefined && this.digest !== expected)
      throw createChecksumMismatchError(key, expected, this.digest);
  }
}

/**
 * Reads the beginning of a stream.
 * @returns the whole content as `complete` if it has at most `limit` bytes; otherwise `all`, which yields all chunks,
 *   beginning with those that are already read
 */
export async function readUpTo(
  source: Readable,
  limit: number,
): Promise<{ complete: Buffer } | { all: AsyncIterable<Buffer> }> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const readChunks: Buffer[] = [];
  let length = 0;
  while (length <= limit) {
    const next = await chunks.next();
    if (next.done === true) return { complete: Buffer.concat(readChunks) };
    const chunk = Buffer.from(next.value);
    readChunks.push(chunk);
    length += chunk.length;
  }
  return { all: yieldAll(readChunks, chunks) };
}

async function* yieldAll(
  readChunks: readonly Buffer[],
  chunks: AsyncIterator<Buffer | string>,
): AsyncGenerator<Buffer> {
  try {
    yield* readChunks;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield Buffer.from(next.value);
  } finally {
    // If the consumer stops early, this lets the source close its file or socket.
    await chunks.return?.();
  }
}
