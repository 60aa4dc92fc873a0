import { workerData } from 'node:worker_threads';
import type { TransferRecording } from '#libs/ports/recording-transfer.js';
import { openRecordingStore } from '../object-store/open-recording-store.js';
import { TwilioVoiceCarrier } from '../voice-carrier/twilio/twilio-voice-carrier.js';
import { serveRequests } from '../worker-thread/serve-requests.js';
import type { RecordingTransferOptions } from './threaded-recording-transfer.js';
import { toThreadFailure } from './transfer-failure.js';
import { transferRecording } from './transfer-recording.js';

// Entry point of the worker thread that transfers recordings.
const options = workerData as RecordingTransferOptions;
const carrier = new TwilioVoiceCarrier(options.carrier);
const store = openRecordingStore(options.store);

serveRequests({
  order: 'concurrent',
  handle: (recording: TransferRecording) => transferRecording(carrier, store, recording),
  toFailure: toThreadFailure,
  release: () => store.close(),
});
