import type { RecordingTransfer, TransferRecording, TransferredRecording } from '#libs/ports/recording-transfer.js';
import type { openRecordingStore } from '../object-store/open-recording-store.js';
import type { TwilioVoiceOptions } from '../voice-carrier/twilio/twilio-voice-carrier.js';
import { WorkerThread } from '../worker-thread/worker-thread.js';
import { toTransferError } from './transfer-failure.js';

/** The accounts of the carrier and of the store. Passed to the worker thread, which opens both. */
export interface RecordingTransferOptions {
  readonly carrier: TwilioVoiceOptions;
  readonly store: Parameters<typeof openRecordingStore>[0];
}

/**
 * Transfers recordings in a worker thread. Receiving, sealing, hashing and sending a recording is CPU-bound work, which
 * on the event loop would delay the voice documents of calls in progress.
 */
export class ThreadedRecordingTransfer implements RecordingTransfer {
  private readonly thread: WorkerThread<TransferRecording, TransferredRecording>;

  constructor(options: RecordingTransferOptions) {
    this.thread = new WorkerThread({
      name: 'recording-transfer',
      siblingUrl: import.meta.url,
      file: 'worker',
      data: options,
      toError: toTransferError,
    });
  }

  transfer(recording: TransferRecording): Promise<TransferredRecording> {
    return this.thread.request(recording);
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}
