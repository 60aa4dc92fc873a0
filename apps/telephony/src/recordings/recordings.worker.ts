import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import type { AttemptWork } from '../call-log/call-log.module.js';
import { CALL_QUEUE, RECORDING_QUEUE } from '../config/config.module.js';
import { DeleteAtCarrier } from './delete-at-carrier.js';
import { ExpireRecording } from './expire-recording.js';
import { FindRecording } from './find-recording.js';
import { PauseRecording } from './pause-recording.js';
import { StoreRecording } from './store-recording.js';
import type { RecordingWork } from './recording.js';

/** Handles the due work of recordings: pause, find, store, delete at the carrier, expire. */
@Injectable()
export class RecordingsWorker {
  constructor(
    private readonly pauseRecording: PauseRecording,
    private readonly findRecording: FindRecording,
    private readonly storeRecording: StoreRecording,
    private readonly deleteAtCarrier: DeleteAtCarrier,
    private readonly expireRecording: ExpireRecording,
  ) {}

  @WorkHandler(CALL_QUEUE, 'pause-recording')
  onPauseRecording(item: WorkItem<AttemptWork>): Promise<void> {
    return this.pauseRecording.execute(item);
  }

  @WorkHandler(RECORDING_QUEUE, 'find-recording')
  onFindRecording(item: WorkItem<AttemptWork>): Promise<void> {
    return this.findRecording.execute(item);
  }

  @WorkHandler(RECORDING_QUEUE, 'store-recording')
  onStoreRecording(item: WorkItem<RecordingWork>): Promise<void> {
    return this.storeRecording.execute(item);
  }

  @WorkHandler(RECORDING_QUEUE, 'delete-at-carrier')
  onDeleteAtCarrier(item: WorkItem<RecordingWork>): Promise<void> {
    return this.deleteAtCarrier.execute(item);
  }

  @WorkHandler(RECORDING_QUEUE, 'expire-recording')
  onExpireRecording(item: WorkItem<RecordingWork>): Promise<void> {
    return this.expireRecording.execute(item);
  }
}
