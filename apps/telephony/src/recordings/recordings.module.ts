import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { openRecordingStore } from '#libs/adapters/object-store/open-recording-store.js';
import { ThreadedRecordingTransfer } from '#libs/adapters/recording-transfer/threaded-recording-transfer.js';
import { Readiness } from '#libs/health/probes.js';
import { recordingSchema } from '#libs/persistence/schemas/telephony/recordings.js';
import { toRecordingStoreOptions } from '#libs/platform/config/index.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { RecordingTransfer } from '#libs/ports/recording-transfer.js';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { toCarrierAccount, TelephonyConfig } from '../config/config.module.js';
import { ApplyRecordingReport } from './apply-recording-report.js';
import { DeleteAtCarrier } from './delete-at-carrier.js';
import { ExpireRecording } from './expire-recording.js';
import { FindRecording } from './find-recording.js';
import { ListRecordings } from './list-recordings.js';
import { PauseRecording } from './pause-recording.js';
import { RecordingReportsController } from './recording-reports.controller.js';
import { RecordingRepository } from './recording.repository.js';
import { RecordingsRpc } from './recordings.rpc.js';
import { RecordingsWorker } from './recordings.worker.js';
import { RegisterMissingRecording } from './register-missing-recording.js';
import { RegisterRecording } from './register-recording.js';
import { StoreRecording } from './store-recording.js';

export { RecordingRepository } from './recording.repository.js';

/** No object has this key. Any response of the object store, including "not found", shows that it is available. */
const PROBE_KEY = 'probe';

/**
 * Recordings of calls: transferred from the carrier to the object store, and deleted when their retention period is
 * over.
 */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Recording', schema: recordingSchema }]), CallLogModule, CarrierModule],
  controllers: [RecordingsRpc, RecordingReportsController],
  providers: [
    {
      provide: ObjectStore,
      inject: [TelephonyConfig],
      useFactory: (config: TelephonyConfig) => openRecordingStore(toRecordingStoreOptions(config)),
    },
    {
      provide: RecordingTransfer,
      inject: [TelephonyConfig],
      useFactory: (config: TelephonyConfig) =>
        new ThreadedRecordingTransfer({ carrier: toCarrierAccount(config), store: toRecordingStoreOptions(config) }),
    },
    RecordingRepository,
    RegisterRecording,
    RegisterMissingRecording,
    ApplyRecordingReport,
    RecordingsWorker,
    PauseRecording,
    FindRecording,
    StoreRecording,
    DeleteAtCarrier,
    ExpireRecording,
    ListRecordings,
  ],
  exports: [RecordingRepository, ObjectStore],
})
export class RecordingsModule {
  constructor(objects: ObjectStore, readiness: Readiness) {
    readiness.add({ name: 'object_store', check: () => objects.head(PROBE_KEY).then(() => true) }, 'degrading');
  }
}
