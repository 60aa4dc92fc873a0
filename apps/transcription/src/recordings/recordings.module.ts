import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { openRecordingStore } from '#libs/adapters/object-store/open-recording-store.js';
import { Readiness } from '#libs/health/probes.js';
import { toRecordingStoreOptions } from '#libs/platform/config/index.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { TranscriptionConfig } from '../config/config.module.js';
import { InstructionAnalysisModule } from '../instruction-analysis/instruction-analysis.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { SearchIndexModule } from '../search-index/search-index.module.js';
import { TranscriptsModule } from '../transcripts/transcripts.module.js';
import { AnalyzeTranscript } from './analyze-transcript.js';
import { OpenTranscript } from './open-transcript.js';
import { RecordingsConsumer } from './recordings.consumer.js';
import { RecordingsWorker } from './recordings.worker.js';
import { TranscribeRecording } from './transcribe-recording.js';
import { TranscriptSteps } from './transcript-steps.js';

export { MAX_TRIES, TRANSCRIPTION_BACK_OFF_MS } from './judge-failure.js';

/** No object has this key. Any response from the store, including "not found", shows that it is available. */
const PROBE_KEY = 'probe';

/** Transcribes stored recordings and extracts their instructions. */
@Module({
  imports: [TranscriptsModule, SearchIndexModule, InstructionAnalysisModule, ProvidersModule],
  controllers: [RecordingsConsumer],
  providers: [
    {
      provide: ObjectStore,
      inject: [TranscriptionConfig],
      useFactory: (config: TranscriptionConfig) => openRecordingStore(toRecordingStoreOptions(config)),
    },
    OpenTranscript,
    RecordingsWorker,
    TranscribeRecording,
    AnalyzeTranscript,
    TranscriptSteps,
  ],
})
export class RecordingsModule implements OnApplicationShutdown {
  constructor(
    private readonly store: ObjectStore,
    readiness: Readiness,
  ) {
    readiness.add({ name: 'object_store', check: () => store.head(PROBE_KEY).then(() => true) }, 'degrading');
  }

  /** Nest calls this after the work queue has drained, so no work still reads from the store. */
  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
