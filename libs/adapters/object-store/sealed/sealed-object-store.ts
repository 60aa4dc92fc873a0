import { Readable } from 'node:stream';
import {
  ObjectStoreError,
  type GetObject,
  type ListedObject,
  type ObjectContent,
  type ObjectHead,
  type ObjectStore,
  type PutObject,
  type StoredObject,
} from '#libs/ports/object-store.js';
import { ChecksummedStream } from '../integrity/checksummed-stream.js';
import { openedSize, openSegments, sealedStretch, sealSegments } from './segments.js';
import type { SealingKeys } from './sealing-keys.js';

const MASTER_ID = 'sealed-by';
const WRAPPED_KEY = 'sealed-key';
const ORGANIZATION = 'organization';

/**
 * Seals objects before another store keeps them: whoever has the bucket hears nothing. Sizes, ranges and checksums are
 * those of the content, not of what lies in the bucket; a checksum is not known without reading, so `head` has none.
 * What was stored unsealed is still read.
 */
export class SealedObjectStore implements ObjectStore {
  constructor(
    private readonly inner: ObjectStore,
    private readonly keys: SealingKeys,
  ) {}

  ensureBucket(): Promise<void> {
    return this.inner.ensureBucket();
  }

  /** @throws ObjectStoreError `invalid_input` without the metadata `organization`, under whose key it is sealed */
  async put({ body, expectedSha256, ...object }: PutObject): Promise<StoredObject> {
    const { key, metadata = {} } = object;
    const organization = metadata[ORGANIZATION];
    if (organization === undefined) {
      throw new ObjectStoreError(
        'invalid_input',
        key,
        `${key} needs the metadata ${ORGANIZATION}: whose key seals it.`,
      );
    }
    const { key: contentKey, envelope } = this.keys.newKey(organization, key);
    const content = new ChecksummedStream(Buffer.isBuffer(body) ? once(body) : body, key, expectedSha256);
    await this.inner.put({
      ...object,
      body: Readable.from(sealSegments(contentKey, content.stream), { objectMode: false }),
      metadata: { ...metadata, [MASTER_ID]: envelope.masterId, [WRAPPED_KEY]: envelope.wrappedKey },
    });
    return { key, size: content.size, sha256: content.sha256 };
  }

  /** With `verify` or not: what was changed in the store fails the stream where it was changed. */
  async get({ key, range, verify }: GetObject): Promise<ObjectContent> {
    const stretch = range && sealedStretch(range);
    const inner = await this.inner.get({ key, ...(stretch && { range: { start: stretch.start, end: stretch.end } }) });
    const contentKey = this.keyOf(inner);
    if (!contentKey) {
      inner.stream.destroy();
      return this.inner.get({ key, range, verify });
    }
    const size = openedSize(inner.size);
    if (range && range.start >= size) {
      inner.stream.destroy();
      throw new ObjectStoreError('invalid_range', key, `${key} has ${size} bytes; none lies at ${range.start}.`);
    }
    const opened = openSegments(
      contentKey,
      inner.stream as AsyncIterable<Buffer>,
      stretch?.firstSegment ?? 0,
      inner.size,
    );
    const end = Math.min(range?.end ?? size - 1, size - 1);
    const contentLength = range ? end - range.start + 1 : size;
    const stream = Readable.from(stretchOf(opened, stretch?.skip ?? 0, contentLength, key), { objectMode: false });
    stream.once('close', () => inner.stream.destroy());
    return { ...this.headOf(inner), stream, contentLength };
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    const head = await this.inner.head(key);
    return head && (isSealed(head) ? this.headOf(head) : head);
  }

  delete(key: string): Promise<void> {
    return this.inner.delete(key);
  }

  /** @throws ObjectStoreError `invalid_input` always: the store cannot open what it keeps */
  presignGet(key: string): Promise<string> {
    const message = `${key} is sealed: nobody can read it in the store. Serve it instead.`;
    return Promise.reject(new ObjectStoreError('invalid_input', key, message));
  }

  /** Sizes are those in the bucket. */
  list(prefix: string): AsyncIterable<ListedObject> {
    return this.inner.list(prefix);
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private keyOf({ key, metadata }: ObjectHead): Buffer | undefined {
    const { [MASTER_ID]: masterId, [WRAPPED_KEY]: wrappedKey, [ORGANIZATION]: organization } = metadata;
    if (masterId === undefined || wrappedKey === undefined || organization === undefined) return undefined;
    return this.keys.open(organization, key, { masterId, wrappedKey });
  }

  private headOf({ key, size, contentType, lastModified, metadata: all }: ObjectHead): ObjectHead {
    const { [MASTER_ID]: _by, [WRAPPED_KEY]: _key, ...metadata } = all;
    return { key, size: openedSize(size), contentType, lastModified, sha256: undefined, metadata };
  }
}

const isSealed = ({ metadata }: ObjectHead): boolean => metadata[WRAPPED_KEY] !== undefined;

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

/** `length` bytes of the content after the first `skip`. @throws ObjectStoreError when it was changed in the store */
async function* stretchOf(
  content: AsyncIterable<Buffer>,
  skip: number,
  length: number,
  key: string,
): AsyncGenerator<Buffer> {
  let toSkip = skip;
  let left = length;
  try {
    for await (const bytes of content) {
      const part = bytes.subarray(toSkip, toSkip + left);
      toSkip = Math.max(0, toSkip - bytes.length);
      left -= part.length;
      if (part.length > 0) yield part;
      if (left === 0) break;
    }
  } catch (cause) {
    throw new ObjectStoreError('checksum_mismatch', key, `${key} is not what was sealed.`, { cause });
  }
  if (left > 0) throw new ObjectStoreError('checksum_mismatch', key, `${key} ends ${left} bytes early.`);
}
