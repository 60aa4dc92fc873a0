import type { Readable } from 'node:stream';

export interface PutObject {
  readonly key: string;
  readonly body: Buffer | Readable;
  readonly contentType: string;
  /** Small facts kept with the object. Keys in lower case, values in printable ASCII. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Hex. If the bytes turn out otherwise, nothing is stored and `checksum_mismatch` is thrown. */
  readonly expectedSha256?: string | undefined;
}

export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Hex, of the bytes stored. */
  readonly sha256: string;
}

export interface ObjectHead {
  readonly key: string;
  readonly size: number;
  readonly contentType: string;
  readonly lastModified: Date;
  /** Hex; undefined for an object that this port did not write. */
  readonly sha256: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface GetObject {
  readonly key: string;
  /** First and last byte, both included, as in HTTP. Without `end`: to the end of the object. */
  readonly range?: { readonly start: number; readonly end?: number | undefined } | undefined;
  /** Compare the bytes read with the checksum stored; the stream then fails with `checksum_mismatch`. Not for ranges. */
  readonly verify?: boolean | undefined;
}

export interface ObjectContent extends ObjectHead {
  readonly stream: Readable;
  /** Bytes of this answer: less than `size` for a range. */
  readonly contentLength: number;
}

export interface PresignGet {
  readonly expiresSeconds: number;
  readonly contentType?: string | undefined;
  /** The name under which a browser saves it. */
  readonly fileName?: string | undefined;
}

export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly lastModified: Date;
}

export type ObjectStoreErrorCode = 'not_found' | 'checksum_mismatch' | 'invalid_range' | 'invalid_input';

/** What is wrong with the object asked for; a store out of reach throws `ProviderError` instead. */
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
 * Keeps recordings. One store is one bucket. Throws `ObjectStoreError` and `ProviderError`; every operation may be
 * repeated, since putting the same key again replaces it.
 */
export abstract class ObjectStore {
  /** Creates the bucket unless it is there. */
  abstract ensureBucket(): Promise<void>;
  /** All or nothing; an object of that key is replaced. */
  abstract put(object: PutObject): Promise<StoredObject>;
  abstract get(request: GetObject): Promise<ObjectContent>;
  /** Undefined when there is no such object. */
  abstract head(key: string): Promise<ObjectHead | undefined>;
  /** An object that is gone already is no error. */
  abstract delete(key: string): Promise<void>;
  /** A link that anybody may read the object with until it expires. Does not check that the object exists. */
  abstract presignGet(key: string, options: PresignGet): Promise<string>;
  /** In the order of keys. */
  abstract list(prefix: string): AsyncIterable<ListedObject>;
  abstract close(): Promise<void>;
}
