import type { Readable } from 'node:stream';

/** An object to store. */
export interface PutObject {
  readonly key: string;
  readonly body: Buffer | Readable;
  readonly contentType: string;
  /** Metadata stored with the object. Keys are lower case, values are printable ASCII. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Hexadecimal. If the content has another checksum, nothing is stored and `checksum_mismatch` is thrown. */
  readonly expectedSha256?: string | undefined;
}

/** An object as stored, with the checksum that the store computed. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal, of the stored content. */
  readonly sha256: string;
}

/** The properties of a stored object, without its content. */
export interface ObjectHead {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  readonly lastModified: Date;
  /** Hexadecimal. Undefined for an object that was not written through this port. */
  readonly sha256: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A request to read an object or a part of it. */
export interface GetObject {
  readonly key: string;
  /** First and last byte, both inclusive, as in HTTP. Without `end`, the range extends to the end of the object. */
  readonly range?: { readonly start: number; readonly end?: number | undefined } | undefined;
  /**
   * Whether to verify the content against the stored checksum. On a mismatch the stream fails with `checksum_mismatch`.
   * Not allowed with a range.
   */
  readonly verify?: boolean | undefined;
}

/** A stored object, or a part of it, with its content as a stream. */
export interface ObjectContent extends ObjectHead {
  readonly stream: Readable;
  /** Bytes in this response. Less than `size` for a range. */
  readonly contentLength: number;
}

/** Options of a signed link to an object. */
export interface PresignGet {
  readonly expiresSeconds: number;
  readonly contentType?: string | undefined;
  /** The file name that a browser suggests for saving. */
  readonly fileName?: string | undefined;
}

/** An object in a listing. */
export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
}

/** Why the object store refuses a request. Failures of the server are `ProviderError`s. */
export type ObjectStoreErrorCode = 'not_found' | 'checksum_mismatch' | 'invalid_range' | 'invalid_input';

/** A failure of a single object. An unreachable store throws `ProviderError` instead. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';

  constructor(
    readonly code: ObjectStoreErrorCode,
    readonly key: string,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/**
 * Stores recordings. One store is one bucket. Every operation can be repeated, because a put replaces an existing
 * object. Every method throws `ObjectStoreError` or `ProviderError`.
 */
export abstract class ObjectStore {
  /** Creates the bucket if it does not exist. */
  abstract ensureBucket(): Promise<void>;
  /** Stores an object atomically. Replaces an existing object with the same key. */
  abstract put(object: PutObject): Promise<StoredObject>;
  abstract get(request: GetObject): Promise<ObjectContent>;
  /** @returns undefined if the object does not exist */
  abstract head(key: string): Promise<ObjectHead | undefined>;
  /** Deletes an object. A missing object is not an error. */
  abstract delete(key: string): Promise<void>;
  /** Returns a link that anyone can use to read the object until it expires. Does not check that the object exists. */
  abstract presignGet(key: string, options: PresignGet): Promise<string>;
  /** Lists objects by key prefix, ordered by key. */
  abstract list(prefix: string): AsyncIterable<ListedObject>;
  abstract close(): Promise<void>;
}
