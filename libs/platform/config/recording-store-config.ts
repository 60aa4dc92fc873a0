import { ChoiceField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, HTTP_URL, SEALING_KEY, SEALING_KEYS } from './app-config.js';

/** The environment variables of an app that stores or reads recordings. */
export class RecordingStoreConfig extends AppConfig {
  @ChoiceField(['s3']) OBJECT_STORE!: 's3';
  /** The endpoint of an S3-compatible store; absent for AWS. */
  @TextField({ ...HTTP_URL, optional: true }) S3_ENDPOINT?: string;
  @TextField({ max: 60 }) S3_REGION!: string;
  @TextField({ max: 63 }) S3_BUCKET!: string;
  @TextField() S3_ACCESS_KEY_ID!: string;
  @TextField() S3_SECRET_ACCESS_KEY!: string;

  /** Seals recordings before they are stored. The same in every app. */
  @TextField(SEALING_KEY) RECORDINGS_KEY!: string;
  /** Previous keys, comma-separated. Needed for as long as recordings sealed with them exist. */
  @TextField({ ...SEALING_KEYS, optional: true, max: 5_000 }) RECORDINGS_KEYS_PREVIOUS?: string;
}

/** The keys that seal recordings, base64, the current key first. */
export const getRecordingKeys = ({ RECORDINGS_KEY, RECORDINGS_KEYS_PREVIOUS }: RecordingStoreConfig): string[] => [
  RECORDINGS_KEY,
  ...(RECORDINGS_KEYS_PREVIOUS?.split(',') ?? []),
];

/** The options of the recording store's adapter. */
export const toRecordingStoreOptions = (
  config: RecordingStoreConfig,
): {
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly forcePathStyle: boolean;
  readonly sealingKeys: readonly string[];
} => ({
  endpoint: config.S3_ENDPOINT,
  region: config.S3_REGION,
  bucket: config.S3_BUCKET,
  accessKeyId: config.S3_ACCESS_KEY_ID,
  secretAccessKey: config.S3_SECRET_ACCESS_KEY,
  forcePathStyle: config.S3_ENDPOINT !== undefined,
  sealingKeys: getRecordingKeys(config),
});
