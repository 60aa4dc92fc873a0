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
import { getUnsealedSize, unsealSegments, toSealedRange, sealSegments } from './segments.js';
import type { SealingKeys } from './sealing-keys.js';

// Metadata keys of a sealed object.
const MASTER_ID = 'sealed-by';
const WRAPPED_KEY = 'sealed-key';
const ORGANIZATION = 'organization';

/**
 * Seals objects before another store stores them, so that access to the bucket does not reveal recordings. Sizes,
 * ranges and checksums refer to the unsealed content. The checksum is known only after unsealing, so `head` does not
 * return one. Objects that were stored unsealed can still be read.
 */
export class SealedObjectStore implements ObjectStore {
  constructor(
    private readonly inner: ObjectStore,
    private readonly keys: SealingKeys,
  ) {}

  ensureBucket(): Promise<void> {
    return this.inner.ensureBucket();
  }

  /** @throws ObjectStoreError `invalid_input` without the metadata `organization`, which selects the sealing key */
  async put({ body, expectedSha256, ...object }: PutObject): Promise<StoredObject> {
    const { key, metadata = {} } = object;
    const organization = metadata[ORGANIZATION];
    if (organization === undefined) {
      throw new ObjectStoreError(
        'invalid_input',
        key,
        `${key} requires the metadata ${ORGANIZATION}, which selects the sealing key.`,
      );
    }
    const { key: contentKey, envelope } = this.keys.generateKey(organization, key);
    const content = new ChecksummedStream(Buffer.isBuffer(body) ? yieldOnce(body) : body, key, expectedSha256);
    await this.inner.put({
      ...object,
      body: Readable.from(sealSegments(contentKey, content.stream), { objectMode: false }),
      metadata: { ...metadata, [MASTER_ID]: envelope.masterId, [WRAPPED_KEY]: envelope.wrappedKey },
    });
    return { key, size: content.size, sha256: content.sha256 };
  }

  /** Sealed content is always verified: the stream fails where the content was modified, regardless of `verify`. */
  async get({ key, range, verify }: GetObject): Promise<ObjectContent> {
    const sealedRange = range && toSealedRange(range);
    const sealed = await this.inner.get({
      key,
      ...(sealedRange && { range: { start: sealedRange.start, end: sealedRange.end } }),
    });
    const contentKey = this.findKey(sealed);
    if (!contentKey) {
      sealed.stream.destroy();
      return this.inner.get({ key, range, verify });
    }
    const size = getUnsealedSize(sealed.size);
    if (range && range.start >= size) {
      sealed.stream.destroy();
      throw new ObjectStoreError(
        'invalid_range',
        key,
        `The range starts at ${range.start}, but ${key} has ${size} bytes.`,
      );
    }
    const opened = unsealSegments(
      contentKey,
      sealed.stream as AsyncIterable<Buffer>,
      sealedRange?.firstSegment ?? 0,
      sealed.size,
    );
    const end = Math.min(range?.end ?? size - 1, size - 1);
    const contentLength = range ? end - range.start + 1 : size;
    const stream = Readable.from(sliceContent(opened, sealedRange?.skip ?? 0, contentLength, key), {
      objectMode: false,
    });
    stream.once('close', () => sealed.stream.destroy());
    return { ...this.toUnsealedHead(sealed), stream, contentLength };
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    const head = await this.inner.head(key);
    return head && (isSealed(head) ? this.toUnsealedHead(head) : head);
  }

  delete(key: string): Promise<void> {
    return this.inner.delete(key);
  }

  /** @throws ObjectStoreError `invalid_input` always, because the store cannot unseal objects */
  presignGet(key: string): Promise<string> {
    const message = `${key} is sealed and cannot be read directly from the store. Serve its content instead.`;
    return Promise.reject(new ObjectStoreError('invalid_input', key, message));
  }

  /** Sizes are those of the sealed objects in the bucket. */
  list(prefix: string): AsyncIterable<ListedObject> {
    return this.inner.list(prefix);
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private findKey({ key, metadata }: ObjectHead): Buffer | undefined {
    const { [MASTER_ID]: masterId, [WRAPPED_KEY]: wrappedKey, [ORGANIZATION]: organization } = metadata;
    if (masterId === undefined || wrappedKey === undefined || organization === undefined) return undefined;
    return this.keys.open(organization, key, { masterId, wrappedKey });
  }

  private toUnsealedHead({ key, size, contentType, lastModified, metadata: sealedMetadata }: ObjectHead): ObjectHead {
    const { [MASTER_ID]: _masterId, [WRAPPED_KEY]: _wrappedKey, ...metadata } = sealedMetadata;
    return { key, size: getUnsealedSize(size), contentType, lastModified, sha256: undefined, metadata };
  }
}

const isSealed = ({ metadata }: ObjectHead): boolean => metadata[WRAPPED_KEY] !== undefined;

async function* yieldOnce(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

/**
 * Yields `length` bytes of the content after the first `skip` bytes.
 * @throws ObjectStoreError if the content was modified in the store
 */
async function* sliceContent(
  content: AsyncIterable<Buffer>,
  skip: number,
  length: number,
  key: string,
): AsyncGenerator<Buffer> {
  let remainingSkip = skip;
  let remainingLength = length;
  try {
    for await (const bytes of content) {
      const part = bytes.subarray(remainingSkip, remainingSkip + remainingLength);
      remainingSkip = Math.max(0, remainingSkip - bytes.length);
      remainingLength -= part.length;
      if (part.length > 0) yield part;
      if (remainingLength === 0) break;
    }
  } catch (cause) {
    throw new ObjectStoreError('checksum_mismatch', key, `The sealed content of ${key} was modified.`, { cause });
  }
  if (remainingLength > 0) {
    throw new ObjectStoreError('checksum_mismatch', key, `${key} is truncated by ${remainingLength} bytes.`);
  }
}
