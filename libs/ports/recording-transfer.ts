/** A recording to copy from the carrier into the object store. */
export interface TransferRecording {
  /** The carrier's id of the recording. */
  readonly carrierRecordingId: string;
  readonly channels: 1 | 2;
  /** Key in the object store. */
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A recording in DelAuto's object store. */
export interface TransferredRecording {
  readonly key: string;
  /** Size in bytes. */
  readonly size: number;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
}

/** Copies recordings from the carrier into DelAuto's object store. */
export abstract class RecordingTransfer {
  /**
   * Copies a recording and verifies the copy by reading it back. Idempotent: a repeated call writes to the same key.
   * @returns the verified copy; the carrier's original can be deleted
   * @throws ProviderError if the carrier or the store is unavailable
   * @throws ObjectStoreError if the content read differs from the content written
   */
  abstract transfer(recording: TransferRecording): Promise<TransferredRecording>;
  abstract close(): Promise<void>;
}
