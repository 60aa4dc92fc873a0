import { ChoiceField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, HTTP_URL, SEALING_KEY, SEALING_KEYS } from './app-config.js';

/** The environment of an app that keeps or reads recordings. */
export class RecordingStoreConfig extends AppConfig {
  @ChoiceField(['s3']) OBJECT_STORE!: 's3';
  /** Another store than AWS. */
  @TextField({ ...HTTP_URL, optional: true }) S3_ENDPOINT?: string;
  @TextField({ max: 60 }) S3_REGION!: string;
  @TextField({ max: 63 }) S3_BUCKET!: string;
  @TextField() S3_ACCESS_KEY_ID!: string;
  @TextField() S3_SECRET_ACCESS_KEY!: string;

  /** Seals recordings before they are stored; the same in every app. */
  @TextField(SEALING_KEY) RECORDINGS_KEY!: string;
  /** Keys that sealed before, comma-separated: needed for as long as there are recordings of theirs. */
  @TextField({ ...SEALING_KEYS, optional: true, max: 5_000 }) RECORDINGS_KEYS_PREVIOUS?: string;
}

/** The keys that seal recordings, base64, the current one first. */
export const recordingKeys = ({ RECORDINGS_KEY, RECORDINGS_KEYS_PREVIOUS }: RecordingStoreConfig): string[] => [
  RECORDINGS_KEY,
  ...(RECORDINGS_KEYS_PREVIOUS?.split(',') ?? []),
];

/** Where recordings lie and what seals them, as the adapter of the store wants it. */
export const recordingStoreOptions = (
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
  sealingKeys: recordingKeys(config),
});
