import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * Plaintext size of a segment. Content is encrypted in segments, each authenticated with its number and whether it is
 * the last (the STREAM construction: Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015). Changes, reordering,
 * omission and truncation are detected, and each segment can be decrypted independently. A key is used for one object
 * only, so the segment numbers are sufficient as nonces.
 */
export const SEGMENT_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const SEALED_SEGMENT_BYTES = SEGMENT_BYTES + TAG_BYTES;
const ALGORITHM = 'aes-256-gcm';
const CIPHER_OPTIONS = { authTagLength: TAG_BYTES };

/** Content in chunks of any size. */
export type Bytes = AsyncIterable<Buffer> | Iterable<Buffer>;

/** Returns the number of segments of content with `size` bytes. Empty content has one segment. */
const countSegments = (size: number): number => Math.max(1, Math.ceil(size / SEGMENT_BYTES));

/** Returns the size of the content from its sealed size. Both in bytes. */
export function getUnsealedSize(sealedSize: number): number {
  return sealedSize - TAG_BYTES * Math.max(1, Math.ceil(sealedSize / SEALED_SEGMENT_BYTES));
}

/** The location of a content range: the sealed bytes to read, and how many unsealed bytes to skip. */
export interface SealedRange {
  /** First and last sealed byte, both inclusive. Without `end`, the range extends to the end of the object. */
  readonly start: number;
  readonly end?: number;
  readonly firstSegment: number;
  readonly skip: number;
}

/** Returns the sealed bytes to read for a range of the content: first and last byte, both inclusive. */
export function toSealedRange({
  start,
  end,
}: {
  readonly start: number;
  readonly end?: number | undefined;
}): SealedRange {
  const firstSegment = Math.floor(start / SEGMENT_BYTES);
  const sealedRange = {
    firstSegment,
    start: firstSegment * SEALED_SEGMENT_BYTES,
    skip: start - firstSegment * SEGMENT_BYTES,
  };
  if (end === undefined) return sealedRange;
  return { ...sealedRange, end: (Math.floor(end / SEGMENT_BYTES) + 1) * SEALED_SEGMENT_BYTES - 1 };
}

/**
 * Encrypts content in segments.
 * @param key 32 bytes, used for this content only
 */
export async function* sealSegments(key: Uint8Array, content: Bytes): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { bytes, isLast } of splitIntoPieces(content, SEGMENT_BYTES)) {
    const cipher = createCipheriv(ALGORITHM, key, createNonce(number, isLast), CIPHER_OPTIONS);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/**
 * Decrypts segments.
 * @param firstSegment number of the first segment in `sealed`, from 0
 * @param sealedSize size of the whole sealed object in bytes
 * @throws Error if a segment was modified, belongs to another object or is missing
 */
export async function* unsealSegments(
  key: Uint8Array,
  sealed: Bytes,
  firstSegment: number,
  sealedSize: number,
): AsyncGenerator<Buffer> {
  const last = countSegments(getUnsealedSize(sealedSize)) - 1;
  let number = firstSegment;
  for await (const { bytes } of splitIntoPieces(sealed, SEALED_SEGMENT_BYTES)) {
    const decipher = createDecipheriv(ALGORITHM, key, createNonce(number, number === last), CIPHER_OPTIONS);
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    yield Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    number += 1;
  }
}

/** @returns 12 bytes (NIST SP 800-38D): the segment number, and whether the segment is the last one */
function createNonce(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(number, 7);
  bytes.writeUInt8(isLast ? 1 : 0, 11);
  return bytes;
}

/** Splits content into pieces of equal size. The last piece may be shorter. Yields at least one piece. */
async function* splitIntoPieces(content: Bytes, size: number): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let buffered: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    buffered.push(chunk);
    length += chunk.length;
    // A full piece is not yielded until more content arrives, because until then it may be the last one.
    while (length > size) {
      const bytes = Buffer.concat(buffered, length);
      yield { bytes: bytes.subarray(0, size), isLast: false };
      buffered = [bytes.subarray(size)];
      length -= size;
    }
  }
  yield { bytes: Buffer.concat(buffered, length), isLast: true };
}
