import type { ObjectStore } from '#libs/ports/object-store.js';
import { S3ObjectStore, type S3Options } from './s3/s3-object-store.js';
import { SealedObjectStore } from './sealed/sealed-object-store.js';
import { SealingKeys } from './sealed/sealing-keys.js';

/**
 * Opens an S3 bucket whose objects are sealed.
 * @param options.sealingKeys 32 bytes each, base64, current key first
 */
export const openRecordingStore = ({
  sealingKeys,
  ...bucket
}: S3Options & { readonly sealingKeys: readonly string[] }): ObjectStore =>
  new SealedObjectStore(new S3ObjectStore(bucket), new SealingKeys(sealingKeys));
