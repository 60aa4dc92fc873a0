import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';

import type * as S3 from '@aws-sdk/client-s3';

import type {
  GetObject,
  ListedObject,
  ObjectContent,
  ObjectHead,
  ObjectStore,
  PresignGet,
  PutObject,
  StoredObject,
} from '#libs/ports/object-store.js';
import { ObjectStoreError } from '#libs/ports/object-store.js';

import {
  createChecksumMismatchError,
  ChecksummedStream,
  readUpTo,
  computeSha256,
} from '../integrity/checksummed-stream.js';
import { toStoreError } from './s3-errors.js';

/** The bucket and its account. */
export interface S3Options {
  /** Absent for AWS. */
  readonly endpoint?: string | undefined;
  /** Endpoint for signed links, if clients reach the store at another address than this app. */
  readonly publicEndpoint?: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  /** Whether to put the bucket in the path instead of the host name, for stores without wildcard DNS. */
  readonly forcePathStyle?: boolean | undefined;
  /** Default: 30 s. */
  readonly requestTimeoutMs?: number | undefined;
}

interface LoadedSdk {
  readonly sdk: typeof S3;
  readonly client: S3.S3Client;
}

/**
 * Streams up to this size are stored in one request, larger ones in parts of this size. S3's minimum part size is 5
 * MiB.
 */
const PART_BYTES = 8 * 1024 * 1024;
/** S3's maximum validity of a signed link: seven days. */
const MAX_LINK_SECONDS = 7 * 24 * 3600;
const DEFAULT_TIMEOUT_MS = 30_000;
const CHECKSUM_KEY = 'sha256';

/** Object store over any S3-compatible service (AWS, R2, SeaweedFS). The SDK is loaded on first use. */
export class S3ObjectStore implements ObjectStore {
  private loading: Promise<LoadedSdk> | undefined;

  constructor(private readonly options: S3Options) {}

  async ensureBucket(): Promise<void> {
    const { sdk, client } = await this.load();
    const bucket = { Bucket: this.options.bucket };
    try {
      await client.send(new sdk.HeadBucketCommand(bucket));
    } catch (error) {
      const failure = toStoreError(error, '', 'none');
      if (!(failure instanceof ObjectStoreError && failure.code === 'not_found')) throw failure;
      await client.send(new sdk.CreateBucketCommand(bucket)).catch((creationError: unknown) => {
        // Another process created the bucket concurrently.
        if (creationError instanceof sdk.BucketAlreadyOwnedByYou || creationError instanceof sdk.BucketAlreadyExists)
          return;
        throw toStoreError(creationError, '', 'unknown');
      });
    }
  }

  async put(object: PutObject): Promise<StoredObject> {
    if (object.metadata !== undefined && CHECKSUM_KEY in object.metadata) {
      throw new ObjectStoreError(
        'invalid_input',
        object.key,
        `The metadata key ${CHECKSUM_KEY} is reserved for the store.`,
      );
    }
    try {
      if (Buffer.isBuffer(object.body)) return await this.putBuffer(object, object.body);
      const beginning = await readUpTo(object.body, PART_BYTES);
      if ('complete' in beginning) return await this.putBuffer(object, beginning.complete);
      return await this.putParts(object, beginning.all);
    } catch (error) {
      throw toStoreError(error, object.key, 'unknown');
    }
  }

  async get({ key, range, verify }: GetObject): Promise<ObjectContent> {
    if (verify === true && range !== undefined) {
      throw new ObjectStoreError(
        'invalid_input',
        key,
        'A range cannot be verified, because the checksum covers the whole object.',
      );
    }
    const { sdk, client } = await this.load();
    try {
      const response = await client.send(
        new sdk.GetObjectCommand({
          Bucket: this.options.bucket,
          Key: key,
          ...(range !== undefined && { Range: `bytes=${range.start}-${range.end ?? ''}` }),
        }),
      );
      const contentLength = response.ContentLength ?? 0;
      const head = toHead(key, response, readTotalSize(response.ContentRange) ?? contentLength);
      const body = response.Body as Readable;
      return { ...head, contentLength, stream: verify === true ? toVerifiedStream(body, head) : body };
    } catch (error) {
      throw toStoreError(error, key, 'none');
    }
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    const { sdk, client } = await this.load();
    try {
      const response = await client.send(new sdk.HeadObjectCommand({ Bucket: this.options.bucket, Key: key }));
      return toHead(key, response, response.ContentLength ?? 0);
    } catch (error) {
      const failure = toStoreError(error, key, 'none');
      if (failure instanceof ObjectStoreError && failure.code === 'not_found') return undefined;
      throw failure;
    }
  }

  async delete(key: string): Promise<void> {
    const { sdk, client } = await this.load();
    try {
      await client.send(new sdk.DeleteObjectCommand({ Bucket: this.options.bucket, Key: key }));
    } catch (error) {
      const failure = toStoreError(error, key, 'unknown');
      if (!(failure instanceof ObjectStoreError && failure.code === 'not_found')) throw failure;
    }
  }

  async presignGet(key: string, { expiresSeconds, contentType, fileName }: PresignGet): Promise<string> {
    if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > MAX_LINK_SECONDS) {
      throw new ObjectStoreError(
        'invalid_input',
        key,
        `expiresSeconds must be an integer from 1 to ${MAX_LINK_SECONDS}.`,
      );
    }
    const { sdk } = await this.load();
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    const client = this.createClient(sdk, this.options.publicEndpoint ?? this.options.endpoint);
    const command = new sdk.GetObjectCommand({
      Bucket: this.options.bucket,
      Key: key,
      ...(contentType !== undefined && { ResponseContentType: contentType }),
      ...(fileName !== undefined && { ResponseContentDisposition: toContentDisposition(fileName) }),
    });
    try {
      return await getSignedUrl(client, command, { expiresIn: expiresSeconds });
    } finally {
      client.destroy();
    }
  }

  async *list(prefix: string): AsyncIterable<ListedObject> {
    const { sdk, client } = await this.load();
    const pages = sdk.paginateListObjectsV2({ client }, { Bucket: this.options.bucket, Prefix: prefix });
    try {
      for await (const page of pages) {
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
          if (Key !== undefined) yield { key: Key, size: Size ?? 0, lastModified: LastModified ?? new Date(0) };
        }
      }
    } catch (error) {
      throw toStoreError(error, prefix, 'none');
    }
  }

  async close(): Promise<void> {
    const loadedSdk = await this.loading;
    loadedSdk?.client.destroy();
  }

  private async putBuffer(object: PutObject, body: Buffer): Promise<StoredObject> {
    const sha256 = computeSha256(body);
    if (object.expectedSha256 !== undefined && object.expectedSha256 !== sha256) {
      throw createChecksumMismatchError(object.key, object.expectedSha256, sha256);
    }
    const { sdk, client } = await this.load();
    await client.send(new sdk.PutObjectCommand({ ...this.toTarget(object, sha256), Body: body }));
    return { key: object.key, size: body.length, sha256 };
  }

  /**
   * S3 accepts metadata only before the content, but the checksum is known only after it. An expected checksum is sent
   * as metadata; if the content differs, the stream fails and the upload is aborted. Without one, the parts are
   * uploaded to a temporary key and then copied within the store to the final key, with the computed checksum.
   */
  private async putParts(object: PutObject, bytes: AsyncIterable<Buffer>): Promise<StoredObject> {
    const { sdk, client } = await this.load();
    const { Upload } = await import('@aws-sdk/lib-storage');
    const { key, expectedSha256 } = object;
    const body = new ChecksummedStream(bytes, key, expectedSha256);
    const uploadKey = expectedSha256 === undefined ? `${key}.upload-${randomUUID()}` : key;
    const upload = new Upload({
      client,
      params: { ...this.toTarget(object, expectedSha256), Key: uploadKey, Body: body.stream },
      partSize: PART_BYTES,
      queueSize: 2,
    });
    await upload.done();
    if (uploadKey !== key) {
      try {
        const source = `${this.options.bucket}/${uploadKey.split('/').map(encodeURIComponent).join('/')}`;
        const target = {
          ...this.toTarget(object, body.sha256),
          CopySource: source,
          MetadataDirective: 'REPLACE' as const,
        };
        await client.send(new sdk.CopyObjectCommand(target));
      } finally {
        await this.delete(uploadKey);
      }
    }
    return { key, size: body.size, sha256: body.sha256 };
  }

  private toTarget(object: PutObject, sha256: string | undefined) {
    return {
      Bucket: this.options.bucket,
      Key: object.key,
      ContentType: object.contentType,
      Metadata: { ...object.metadata, ...(sha256 !== undefined && { [CHECKSUM_KEY]: sha256 }) },
    };
  }

  private load(): Promise<LoadedSdk> {
    this.loading ??= import('@aws-sdk/client-s3').then((sdk) => ({
      sdk,
      client: this.createClient(sdk, this.options.endpoint),
    }));
    return this.loading;
  }

  private createClient(sdk: typeof S3, endpoint: string | undefined): S3.S3Client {
    const timeout = this.options.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS;
    return new sdk.S3Client({
      ...(endpoint !== undefined && { endpoint }),
      region: this.options.region,
      credentials: { accessKeyId: this.options.accessKeyId, secretAccessKey: this.options.secretAccessKey },
      forcePathStyle: this.options.forcePathStyle ?? false,
      // Not every S3-compatible store supports the SDK's newer default checksums. This class stores its own.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: 3_000, requestTimeout: timeout, throwOnRequestTimeout: true },
    });
  }
}

interface ResponseMetadata {
  readonly ContentType?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

function toHead(key: string, response: ResponseMetadata, size: number): ObjectHead {
  const { [CHECKSUM_KEY]: sha256, ...metadata } = response.Metadata ?? {};
  return {
    key,
    size,
    contentType: response.ContentType ?? 'application/octet-stream',
    lastModified: response.LastModified ?? new Date(0),
    sha256,
    metadata,
  };
}

function toVerifiedStream(body: Readable, head: ObjectHead): Readable {
  if (head.sha256 === undefined) {
    body.destroy();
    throw new ObjectStoreError(
      'checksum_mismatch',
      head.key,
      `${head.key} cannot be verified: it was stored without a checksum.`,
    );
  }
  return new ChecksummedStream(body, head.key, head.sha256).stream;
}

/** Returns the total size from a Content-Range header: 1234 for `bytes 0-9/1234`. */
function readTotalSize(contentRange: string | undefined): number | undefined {
  const total = Number(contentRange?.split('/')[1]);
  return Number.isInteger(total) ? total : undefined;
}

/** Returns the header Content-Disposition (RFC 6266) with an additional ASCII file name for older clients. */
function toContentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
