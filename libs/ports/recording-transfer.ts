export interface TransferRecording {
  /** The carrier's ID of the recording. */
  readonly carrierRecordingId: string;
  readonly channels: 1 | 2;
  /** Key in the object store. */
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A recording in DelAuto's object store. */
export interface TransferredRecording {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal, of the content. */
  readonly sha256: string;
}

/** Copies recordings from the carrier into DelAuto's object store. */
export abstract class RecordingTransfer {
  /**
   * Copies a recording and reads it back. Can be repeated, because the key is fixed.
   * @returns the stored recording, verified by reading, so that the carrier's copy can be deleted
   * @throws ProviderError if the carrier or the store is unavailable
   * @throws ObjectStoreError if the content read differs from the content written
   */
  abstract transfer(recording: TransferRecording): Promise<TransferredRecording>;
  abstract close(): Promise<void>;
}
