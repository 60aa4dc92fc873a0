import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * Long content is encrypted in segments, each authenticated with its number and whether it is the last (the STREAM
 * construction: Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015): none can be changed, moved, dropped or cut off
 * unseen, and any can be read without those before it. A key serves one object, so the numbers alone make the nonces.
 */
export const SEGMENT_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const SEALED_SEGMENT_BYTES = SEGMENT_BYTES + TAG_BYTES;
const ALGORITHM = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_BYTES };

export type Bytes = AsyncIterable<Buffer> | Iterable<Buffer>;

/** How many segments content of so many bytes has; empty content has one. */
const segmentsOf = (size: number): number => Math.max(1, Math.ceil(size / SEGMENT_BYTES));

/** Bytes of the content that is sealed in so many bytes. */
export function openedSize(sealedSize: number): number {
  return sealedSize - TAG_BYTES * Math.max(1, Math.ceil(sealedSize / SEALED_SEGMENT_BYTES));
}

/** Where a stretch of the content lies: the sealed bytes to read, and what to leave out at the beginning. */
export interface SealedStretch {
  /** First and last byte, both included; without `end`, to the end. */
  readonly start: number;
  readonly end?: number;
  readonly firstSegment: number;
  readonly skip: number;
}

/** @param range first and last byte of the content, both included */
export function sealedStretch({
  start,
  end,
}: {
  readonly start: number;
  readonly end?: number | undefined;
}): SealedStretch {
  const firstSegment = Math.floor(start / SEGMENT_BYTES);
  const place = {
    firstSegment,
    start: firstSegment * SEALED_SEGMENT_BYTES,
    skip: start - firstSegment * SEGMENT_BYTES,
  };
  if (end === undefined) return place;
  return { ...place, end: (Math.floor(end / SEGMENT_BYTES) + 1) * SEALED_SEGMENT_BYTES - 1 };
}

/** @param key 32 bytes that seal nothing else */
export async function* sealSegments(key: Uint8Array, content: Bytes): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { bytes, isLast } of pieces(content, SEGMENT_BYTES)) {
    const cipher = createCipheriv(ALGORITHM, key, nonce(number, isLast), OPTIONS);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/**
 * @param firstSegment the number of the segment that `sealed` begins with
 * @param sealedSize of the whole object, in bytes
 * @throws Error when a segment was changed, is another's, or is missing
 */
export async function* openSegments(
  key: Uint8Array,
  sealed: Bytes,
  firstSegment: number,
  sealedSize: number,
): AsyncGenerator<Buffer> {
  const last = segmentsOf(openedSize(sealedSize)) - 1;
  let number = firstSegment;
  for await (const { bytes } of pieces(sealed, SEALED_SEGMENT_BYTES)) {
    const decipher = createDecipheriv(ALGORITHM, key, nonce(number, number === last), OPTIONS);
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    yield Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    number += 1;
  }
}

function nonce(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(number, 7);
  bytes.writeUInt8(isLast ? 1 : 0, 11);
  return bytes;
}

/** Pieces of one size but for the last, which may be shorter; there is always one. */
async function* pieces(content: Bytes, size: number): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    waiting.push(chunk);
    length += chunk.length;
    // What fills a piece exactly waits: only what follows tells whether it is the last.
    while (length > size) {
      const all = Buffer.concat(waiting, length);
      yield { bytes: all.subarray(0, size), isLast: false };
      waiting = [all.subarray(size)];
      length -= size;
    }
  }
  yield { bytes: Buffer.concat(waiting, length), isLast: true };
}
