import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ObjectStore } from '#libs/ports/object-store.js';

/**
 * Requirements for every object store.
 * @param create returns a store whose bucket may not exist yet; its signed links must be reachable from the test
 */
export function objectStoreConformance(name: string, create: () => Promise<ObjectStore>): void {
  describe(`object store: ${name}`, () => {
    let store: ObjectStore;
    const folder = `conformance-${randomUUID()}`;
    const createKey = () => `${folder}/${randomUUID()}.wav`;
    const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const text = { contentType: 'text/plain' };

    beforeAll(async () => {
      store = await create();
      await store.ensureBucket();
    });

    afterAll(async () => {
      for await (const { key } of store.list(folder)) await store.delete(key);
      await store.close();
    });

    it('creates its bucket once and keeps an existing one', async () => {
      const key = createKey();
      await store.put({ key, body: Buffer.from('kept'), ...text });
      await store.ensureBucket();
      expect((await store.head(key))?.size).toBe(4);
    });

    it('returns the content, type, metadata and checksum of a stored buffer', async () => {
      const key = createKey();
      const body = randomBytes(70_000);
      const stored = await store.put({ key, body, contentType: 'audio/wav', metadata: { 'call-id': 'c1' } });
      expect(stored).toEqual({ key, size: body.length, sha256: sha256(body) });

      const { stream, ...content } = await store.get({ key, verify: true });
      expect((await buffer(stream)).equals(body)).toBe(true);
      const head = {
        key,
        size: body.length,
        contentType: 'audio/wav',
        lastModified: expect.any(Date) as unknown,
        sha256: stored.sha256,
        metadata: { 'call-id': 'c1' },
      };
      expect(content).toEqual({ ...head, contentLength: body.length });
      expect(await store.head(key)).toEqual(head);
    });

    it('stores an empty object', async () => {
      const key = createKey();
      await store.put({ key, body: Buffer.alloc(0), ...text });
      expect((await store.head(key))?.size).toBe(0);
    });

    it.each([
      ['short', 1_000],
      ['multi-part', 19 * 1024 * 1024 + 7],
    ])('stores a %s stream of unknown checksum', async (_case, size) => {
      const key = createKey();
      const body = randomBytes(size);
      const stored = await store.put({ key, body: toChunkStream(body), ...text, metadata: { 'call-id': 'c2' } });
      expect(stored).toEqual({ key, size, sha256: sha256(body) });

      const content = await store.get({ key, verify: true });
      expect(content.metadata).toEqual({ 'call-id': 'c2' });
      expect((await buffer(content.stream)).equals(body)).toBe(true);
      expect(await listKeys(key)).toEqual([key]);
    });

    it('stores a long stream with an expected checksum', async () => {
      const key = createKey();
      const body = randomBytes(12 * 1024 * 1024);
      await store.put({ key, body: toChunkStream(body), ...text, expectedSha256: sha256(body) });
      expect((await store.head(key))?.sha256).toBe(sha256(body));
    });

    it.each([
      ['a buffer', () => Buffer.from('other')],
      ['a short stream', () => toChunkStream(Buffer.from('other'))],
      ['a long stream', () => toChunkStream(randomBytes(12 * 1024 * 1024))],
    ])('does not store %s with the wrong checksum', async (_case, body) => {
      const key = createKey();
      const put = store.put({ key, body: body(), ...text, expectedSha256: sha256(Buffer.from('expected')) });
      await expect(put).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'checksum_mismatch', key });
      expect(await listKeys(key)).toEqual([]);
    });

    it('does not store a part of a stream that fails', async () => {
      const key = createKey();
      const broken = Readable.from(yieldThenFail(randomBytes(12 * 1024 * 1024)));
      await expect(store.put({ key, body: broken, ...text })).rejects.toThrow('line dropped');
      expect(await listKeys(key)).toEqual([]);
    });

    it('replaces an object with the same key', async () => {
      const key = createKey();
      await store.put({ key, body: Buffer.from('first'), ...text });
      await store.put({ key, body: Buffer.from('second'), ...text });
      expect((await buffer((await store.get({ key })).stream)).toString()).toBe('second');
    });

    it.each([
      [{ start: 0, end: 0 }, '0'],
      [{ start: 2, end: 5 }, '2345'],
      [{ start: 7 }, '789'],
      [{ start: 8, end: 100 }, '89'],
    ])('serves the range %j', async (range, expected) => {
      const key = createKey();
      await store.put({ key, body: Buffer.from('0123456789'), ...text });
      const content = await store.get({ key, range });
      expect((await buffer(content.stream)).toString()).toBe(expected);
      expect(content).toMatchObject({ size: 10, contentLength: expected.length });
    });

    it('rejects a range beyond the end', async () => {
      const key = createKey();
      await store.put({ key, body: Buffer.from('0123456789'), ...text });
      await expect(store.get({ key, range: { start: 10 } })).rejects.toMatchObject({ code: 'invalid_range', key });
    });

    it('reports a missing object', async () => {
      const key = createKey();
      expect(await store.head(key)).toBeUndefined();
      await expect(store.get({ key })).rejects.toMatchObject({ code: 'not_found', key });
    });

    it('deletes an object, also when it is already deleted', async () => {
      const key = createKey();
      await store.put({ key, body: Buffer.from('x'), ...text });
      await store.delete(key);
      await store.delete(key);
      expect(await store.head(key)).toBeUndefined();
    });

    it('lists a prefix, ordered by key', async () => {
      const prefix = `${folder}/list-${randomUUID()}`;
      for (const part of ['b', 'a', 'c/d'])
        await store.put({ key: `${prefix}/${part}`, body: Buffer.from(part), ...text });
      expect(await listKeys(`${prefix}/`)).toEqual(['a', 'b', 'c/d'].map((part) => `${prefix}/${part}`));
    });

    it('signs links that anyone can use but that cannot be altered', async () => {
      const [key, other] = [createKey(), createKey()];
      await store.put({ key, body: Buffer.from('0123456789'), ...text });
      await store.put({ key: other, body: Buffer.from('secret'), ...text });
      const link = await store.presignGet(key, {
        expiresSeconds: 60,
        contentType: 'audio/wav',
        fileName: 'Ihre Größe.wav',
      });

      const response = await fetch(link, { headers: { range: 'bytes=1-3' } });
      expect(response.status).toBe(206);
      expect(await response.text()).toBe('123');
      expect(response.headers.get('content-type')).toBe('audio/wav');
      expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Ihre%20Gr%C3%B6%C3%9Fe.wav");

      expect((await fetch(link.replace(key, other))).status).toBe(403);
      expect((await fetch(link.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).status).toBe(403);
      expect((await fetch(new URL(new URL(link).pathname, link))).status).toBe(403);
    });

    it.each([0, -1, 1.5, 8 * 24 * 3600])('rejects a validity of %d s for a link', async (expiresSeconds) => {
      await expect(store.presignGet(createKey(), { expiresSeconds })).rejects.toMatchObject({ code: 'invalid_input' });
    });

    async function listKeys(prefix: string): Promise<string[]> {
      const keys: string[] = [];
      for await (const { key } of store.list(prefix)) keys.push(key);
      return keys;
    }
  });
}

/** Splits content into uneven chunks, as a network delivers them. */
function toChunkStream(bytes: Buffer): Readable {
  const size = 100_003;
  const count = Math.ceil(bytes.length / size);
  return Readable.from(Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size)));
}

function* yieldThenFail(bytes: Buffer): Generator<Buffer> {
  yield bytes;
  throw new Error('line dropped');
}
