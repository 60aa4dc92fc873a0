import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { RecordingBook } from './recording-book.js';

export { ActiveRecording } from './active-recording.js';
export { RecordingBook, type RecordingRecord } from './recording-book.js';
export { parseRecordingRequest, type RecordingRequest } from './recording-request.js';
export { toCallRecordingJson, toMediaUrl, toRecordingJson, toWholeSeconds } from './recording-resource.js';

/** All recordings, folded from the ledger, and those in progress. */
@Module({
  imports: [LedgerModule],
  providers: [RecordingBook],
  exports: [RecordingBook],
})
export class RecordingBookModule {}
