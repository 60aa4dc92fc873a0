import { Inject, Logger, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { MongooseModule } from '@nestjs/mongoose';
import { LocalInstructionAnalyst } from '#libs/adapters/instruction-analyst/local/local-instruction-analyst.js';
import { openRecordingStore } from '#libs/adapters/object-store/open-recording-store.js';
import { MoonshineSpeechToText } from '#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js';
import { ReplaySpeechToText } from '#libs/adapters/speech-to-text/replay/replay-speech-to-text.js';
import { searchEntrySchema, searchFactsSchema } from '#libs/persistence/schemas/search-entries.js';
import { transcriptSchema } from '#libs/persistence/schemas/transcripts.js';
import { recordingStoreOptions } from '#libs/platform/config/index.js';
import { Readiness } from '#libs/platform/probes/probes.js';
import type { ObjectStore } from '#libs/ports/object-store.js';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';
import { IndexTranscript } from './search/index-transcript.js';
import { LearnFacts } from './search/learn-facts.js';
import { SEARCH_ENTRIES, SearchEntryRepository } from './search/search-entry.repository.js';
import { SEARCH_FACTS, SearchFactsRepository } from './search/search-facts.repository.js';
import { SearchTranscripts } from './search/search-transcripts.js';
import { SearchConsumer } from './search/search.consumer.js';
import { recogniserFolder, type TranscriptionConfig } from './transcription.config.js';
import { TRANSCRIPTION_BACK_OFF_MS, TRANSCRIPTION_QUEUE } from './transcription-queue.js';
import { AnalyseMessage } from './transcripts/analyse-message.js';
import { AnalyseTranscript, INSTRUCTION_ANALYST, type NamedAnalyst } from './transcripts/analyse-transcript.js';
import { ForgetCustomer } from './transcripts/forget-customer.js';
import { OpenTranscript } from './transcripts/open-transcript.js';
import { ReadTranscript } from './transcripts/read-transcript.js';
import { RecordingsConsumer } from './transcripts/recordings.consumer.js';
import { OBJECT_STORE, SPEECH_TO_TEXT, TranscribeRecording } from './transcripts/transcribe-recording.js';
import { TranscriptSteps } from './transcripts/transcript-steps.js';
import { TranscriptRepository, TRANSCRIPTS } from './transcripts/transcript.repository.js';
import { TranscriptsRpc } from './transcripts/transcripts.rpc.js';
import { TranscriptionWorker } from './transcripts/transcription.worker.js';

/** Nothing lies there: that the store says so shows that it answers. */
const PROBE_KEY = 'probe';

/** Audio to text, text to instructions. */
@Module({})
export class TranscriptionModule implements OnApplicationShutdown {
  constructor(
    @Inject(SPEECH_TO_TEXT) private readonly recogniser: SpeechToText,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(Readiness) readiness: Readiness,
  ) {
    readiness.watch({ name: 'object_store', check: () => store.head(PROBE_KEY).then(() => true) });
  }

  /** @throws ConfigurationError when the recogniser chosen lacks its folder */
  static forConfig(config: TranscriptionConfig): DynamicModule {
    const concurrency = config.TRANSCRIPTION_CONCURRENCY;
    return {
      module: TranscriptionModule,
      imports: [
        ...meshInfrastructure('transcription', config, {
          redisUrl: config.REDIS_URL,
          queues: [{ name: TRANSCRIPTION_QUEUE, concurrency, backOffMs: TRANSCRIPTION_BACK_OFF_MS }],
        }),
        OperationsModule.forApp('transcription'),
        MongooseModule.forFeature([
          { name: TRANSCRIPTS, schema: transcriptSchema },
          { name: SEARCH_ENTRIES, schema: searchEntrySchema },
          { name: SEARCH_FACTS, schema: searchFactsSchema },
        ]),
      ],
      controllers: [RecordingsConsumer, TranscriptsRpc, SearchConsumer],
      providers: [
        ...adapters(config),
        TranscriptRepository,
        TranscriptSteps,
        OpenTranscript,
        ForgetCustomer,
        TranscribeRecording,
        AnalyseMessage,
        AnalyseTranscript,
        TranscriptionWorker,
        ReadTranscript,
        ...[SearchEntryRepository, SearchFactsRepository, LearnFacts, IndexTranscript, SearchTranscripts],
      ],
    };
  }

  /** The queue has let its work end by now. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.recogniser.close(), this.store.close()]);
  }
}

function adapters(config: TranscriptionConfig): Provider[] {
  const analyst: NamedAnalyst = { name: config.INSTRUCTION_ANALYST, analyst: new LocalInstructionAnalyst() };
  return [
    // By a factory: what it says is then logged as everything is, not before there is a logger.
    { provide: SPEECH_TO_TEXT, useFactory: () => recogniser(config) },
    { provide: INSTRUCTION_ANALYST, useValue: analyst },
    { provide: OBJECT_STORE, useFactory: () => openRecordingStore(recordingStoreOptions(config)) },
  ];
}

function recogniser(config: TranscriptionConfig): SpeechToText {
  const folder = recogniserFolder(config);
  switch (config.SPEECH_TO_TEXT) {
    case 'moonshine':
      return new MoonshineSpeechToText({ modelDir: folder });
    case 'replay':
      new Logger('Boot').warn('SPEECH_TO_TEXT=replay: nothing is recognised, transcripts are read from files.');
      return new ReplaySpeechToText({ transcriptsDir: folder });
  }
}
