import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { testS3 } from '#libs/testing/servers/index.js';
import { S3ObjectStore } from '../s3/s3-object-store.js';
import { SealedObjectStore } from './sealed-object-store.js';
import { SealingKeys } from './sealing-keys.js';
import { getUnsealedSize, unsealSegments, SEGMENT_BYTES, toSealedRange, sealSegments } from './segments.js';

const collect = (bytes: AsyncIterable<Buffer>): Promise<Buffer> => buffer(Readable.from(bytes));
/** Content sizes in bytes, many of them near segment boundaries. */
const size = fc.oneof(
  fc.nat({ max: 300 }),
  fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: -2, max: 2 })).map(([n, off]) => Math.max(0, n * SEGMENT_BYTES + off)),
);

describe('sealed segments', () => {
  const key = randomBytes(32);

  it('decrypt to the original content and size, regardless of how the streams are chunked', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.integer({ min: 1, max: 100_000 }), async (length, chunk) => {
        const content = randomBytes(length);
        const sealed = await collect(sealSegments(key, splitIntoChunks(content, chunk)));
        expect(getUnsealedSize(sealed.length)).toBe(length);
        const opened = await collect(unsealSegments(key, splitIntoChunks(sealed, chunk), 0, sealed.length));
        expect(opened.equals(content)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('fail to decrypt if anything was modified, truncated, duplicated or moved', async () => {
    const content = randomBytes(3 * SEGMENT_BYTES + 100);
    const sealed = await collect(sealSegments(key, [content]));
    const segment = SEGMENT_BYTES + 16;
    const open = (bytes: Buffer, total = bytes.length): Promise<Buffer> =>
      collect(unsealSegments(key, [bytes], 0, total));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(sealed);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        await expect(open(changed)).rejects.toThrow();
      }),
      { numRuns: 30 },
    );
    await expect(open(sealed.subarray(0, 2 * segment))).rejects.toThrow();
    await expect(open(sealed.subarray(0, -1))).rejects.toThrow();
    const moved = Buffer.concat([
      sealed.subarray(segment, 2 * segment),
      sealed.subarray(0, segment),
      sealed.subarray(2 * segment),
    ]);
    await expect(open(moved)).rejects.toThrow();
    await expect(open(Buffer.concat([sealed.subarray(0, segment), sealed]))).rejects.toThrow();
  });

  it('map a range of the content to exactly the sealed segments that contain it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 200_000 }), (start, length) => {
        const { start: from, end: to = 0, skip, firstSegment } = toSealedRange({ start, end: start + length });
        expect(firstSegment * SEGMENT_BYTES + skip).toBe(start);
        expect(from).toBe(firstSegment * (SEGMENT_BYTES + 16));
        expect((to + 1) % (SEGMENT_BYTES + 16)).toBe(0);
        expect((to + 1 - from) / (SEGMENT_BYTES + 16)).toBeLessThanOrEqual(length / SEGMENT_BYTES + 2);
      }),
    );
  });
});

describe('SealedObjectStore', () => {
  const secret = randomBytes(32).toString('base64');
  let bucket: S3ObjectStore;
  let store: SealedObjectStore;
  let keyCount = 0;
  const createKey = (): string => `sealed/${(keyCount += 1)}.wav`;
  const put = (key: string, body: Buffer | Readable, organization = 'org_1') =>
    store.put({ key, body, contentType: 'audio/wav', metadata: { organization, attempt: 'att_1' } });
  const read = async (from: SealedObjectStore, key: string, range?: { start: number; end?: number }): Promise<Buffer> =>
    buffer((await from.get({ key, range })).stream);

  beforeAll(async () => {
    bucket = new S3ObjectStore({ ...(await testS3()), forcePathStyle: true });
    await bucket.ensureBucket();
    store = new SealedObjectStore(bucket, new SealingKeys([secret]));
  });
  afterAll(() => bucket?.close());

  it('stores content that is unreadable in the bucket, and returns it with its original size and checksum', async () => {
    const key = createKey();
    const body = randomBytes(200_000);
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(await put(key, Readable.from(splitIntoChunks(body, 7_000)))).toEqual({ key, size: body.length, sha256 });
    const { stream, ...content } = await store.get({ key });
    expect((await buffer(stream)).equals(body)).toBe(true);
    const head = { key, size: body.length, contentType: 'audio/wav', sha256: undefined };
    expect(content).toMatchObject({
      ...head,
      contentLength: body.length,
      metadata: { organization: 'org_1', attempt: 'att_1' },
    });
    expect(await store.head(key)).toMatchObject(head);
    expect((await buffer((await bucket.get({ key })).stream)).includes(body.subarray(1_000, 1_032))).toBe(false);
    await expect(store.presignGet(key)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('serves ranges', async () => {
    const key = createKey();
    const body = randomBytes(2 * SEGMENT_BYTES + 5_000);
    await put(key, body);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: body.length - 1 }),
        fc.option(fc.nat({ max: body.length + 10 }), { nil: undefined }),
        async (start, length) => {
          const range = { start, ...(length === undefined ? {} : { end: start + length }) };
          const { stream, contentLength } = await store.get({ key, range });
          const expected = body.subarray(start, length === undefined ? undefined : start + length + 1);
          expect((await buffer(stream)).equals(expected)).toBe(true);
          expect(contentLength).toBe(expected.length);
        },
      ),
      { numRuns: 25 },
    );
    await expect(store.get({ key, range: { start: body.length } })).rejects.toMatchObject({ code: 'invalid_range' });
  });

  it('detects objects that were modified or exchanged in the bucket', async () => {
    const [own, other] = [createKey(), createKey()];
    await put(own, randomBytes(100_000));
    await put(other, randomBytes(100_000), 'org_2');
    const otherObject = await bucket.get({ key: other });
    const { metadata } = otherObject;
    const bytes = await buffer(otherObject.stream);
    await bucket.put({ key: own, body: bytes, contentType: 'audio/wav', metadata });
    await expect(read(store, own)).rejects.toThrow();
    bytes.writeUInt8(bytes.readUInt8(70_000) ^ 1, 70_000);
    await bucket.put({ key: other, body: bytes, contentType: 'audio/wav', metadata });
    await expect(read(store, other)).rejects.toMatchObject({ code: 'checksum_mismatch' });
  });

  it('unseals with the previous key after a rotation, and with no other key', async () => {
    const key = createKey();
    const body = randomBytes(1_000);
    await put(key, body);
    const next = randomBytes(32).toString('base64');
    expect((await read(new SealedObjectStore(bucket, new SealingKeys([next, secret])), key)).equals(body)).toBe(true);
    await expect(read(new SealedObjectStore(bucket, new SealingKeys([next])), key)).rejects.toThrow(/not configured/);
  });

  it('reads unsealed objects, and rejects objects without an organization', async () => {
    const key = createKey();
    const body = randomBytes(100_000);
    await bucket.put({ key, body, contentType: 'audio/wav' });
    expect((await read(store, key)).equals(body)).toBe(true);
    expect((await read(store, key, { start: 90_000, end: 90_009 })).equals(body.subarray(90_000, 90_010))).toBe(true);
    await expect(store.put({ key, body, contentType: 'audio/wav' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

function* splitIntoChunks(bytes: Buffer, length: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
