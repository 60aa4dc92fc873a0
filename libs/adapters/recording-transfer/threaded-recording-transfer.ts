import type { RecordingTransfer, TransferRecording, TransferredRecording } from '#libs/ports/recording-transfer.js';
import type { openRecordingStore } from '../object-store/open-recording-store.js';
import type { TwilioVoiceOptions } from '../voice-carrier/twilio/twilio-voice-carrier.js';
import { WorkerThread } from '../worker-thread/worker-thread.js';
import { asTransferError } from './transfer-failure.js';

export interface RecordingTransferOptions {
  readonly carrier: TwilioVoiceOptions;
  readonly store: Parameters<typeof openRecordingStore>[0];
}

/**
 * Recordings pass through a thread of their own. Receiving, sealing, hashing and sending a minute of sound is work for
 * a processor, and on the event loop customers would wait for it with the telephone at their ear.
 */
export class ThreadedRecordingTransfer implements RecordingTransfer {
  private readonly thread: WorkerThread<TransferRecording, TransferredRecording>;

  constructor(options: RecordingTransferOptions) {
    const thread = { name: 'recording-transfer', besides: import.meta.url, file: 'worker' };
    this.thread = new WorkerThread({ ...thread, data: options, asError: asTransferError });
  }

  transfer(recording: TransferRecording): Promise<TransferredRecording> {
    return this.thread.ask(recording);
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}
