export interface TransferRecording {
  /** The carrier's. */
  readonly carrierRecordingId: string;
  readonly channels: 1 | 2;
  /** Where it is stored. */
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What lies in our store. */
export interface TransferredRecording {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Hex, of its bytes. */
  readonly sha256: string;
}

/** Brings recordings from the carrier into our own store. */
export abstract class RecordingTransfer {
  /**
   * Copies one and reads it back. May be repeated: the object has one key.
   * @returns what is stored and was read again as it was written, so that the carrier's copy may go
   * @throws ProviderError when carrier or store cannot be reached; ObjectStoreError when it reads otherwise than written
   */
  abstract transfer(recording: TransferRecording): Promise<TransferredRecording>;
  abstract close(): Promise<void>;
}
