import { Inject, Logger, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { MongooseModule } from '@nestjs/mongoose';
import { OpenAiInstructionAnalyst } from '#libs/adapters/instruction-analyst/openai/openai-instruction-analyst.js';
import { LocalInstructionAnalyst } from '#libs/adapters/instruction-analyst/local/local-instruction-analyst.js';
import { UsearchNearestVectors } from '#libs/adapters/nearest-vectors/usearch-nearest-vectors.js';
import { openRecordingStore } from '#libs/adapters/object-store/open-recording-store.js';
import type { OpenAiAccount } from '#libs/adapters/openai/openai-client.js';
import { MoonshineSpeechToText } from '#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js';
import { OpenAiSpeechToText } from '#libs/adapters/speech-to-text/openai/openai-speech-to-text.js';
import { ReplaySpeechToText } from '#libs/adapters/speech-to-text/replay/replay-speech-to-text.js';
import { LocalTextEmbedder } from '#libs/adapters/text-embedder/local/local-text-embedder.js';
import { OpenAiTextEmbedder } from '#libs/adapters/text-embedder/openai/openai-text-embedder.js';
import { searchEntrySchema, searchFactsSchema } from '#libs/persistence/schemas/transcription/search-entries.js';
import { waitingTextSchema } from '#libs/persistence/schemas/transcription/waiting-texts.js';
import { transcriptSchema } from '#libs/persistence/schemas/transcription/transcripts.js';
import { recordingStoreOptions } from '#libs/platform/config/index.js';
import { Readiness } from '#libs/health/probes.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';
import type { TextEmbedder } from '#libs/ports/text-embedder.js';
import { CorrectInstructions } from './review/correct-instructions.js';
import { ListReviews } from './review/list-reviews.js';
import { ReviewsRpc } from './review/reviews.rpc.js';
import { EmbedEntries } from './search/embed-entries.js';
import { IndexTranscript } from './search/index-transcript.js';
import { LearnFacts } from './search/learn-facts.js';
import { OrganizationIndexes, TEXT_EMBEDDER } from './search/organization-indexes.js';
import { SEARCH_ENTRIES, SearchEntryRepository } from './search/search-entry.repository.js';
import { SEARCH_FACTS, SearchFactsRepository } from './search/search-facts.repository.js';
import { SearchTranscripts } from './search/search-transcripts.js';
import { SearchConsumer } from './search/search.consumer.js';
import { required, type AnalystName, type RecogniserName, type TranscriptionConfig } from './transcription.config.js';
import { TRANSCRIPTION_BACK_OFF_MS, TRANSCRIPTION_QUEUE } from './transcription-queue.js';
import { AnalyseText } from './texts/analyse-text.js';
import { ReceiveText } from './texts/receive-text.js';
import { WAITING_TEXTS, WaitingTextRepository } from './texts/waiting-text.repository.js';
import { AnalyseTranscript } from './transcripts/analyse-transcript.js';
import { INSTRUCTION_ANALYST, UnderstandWords } from './transcripts/understand-words.js';
import type { NamedProvider } from './transcripts/first-that-answers.js';
import { ForgetCustomer } from './transcripts/forget-customer.js';
import { OpenTranscript } from './transcripts/open-transcript.js';
import { ReadTranscript } from './transcripts/read-transcript.js';
import { RecordingsConsumer } from './transcripts/recordings.consumer.js';
import { SPEECH_TO_TEXT, TranscribeRecording } from './transcripts/transcribe-recording.js';
import { TranscriptSteps } from './transcripts/transcript-steps.js';
import { TranscriptRepository, TRANSCRIPTS } from './transcripts/transcript.repository.js';
import { TranscriptsRpc } from './transcripts/transcripts.rpc.js';
import { TranscriptionWorker } from './transcripts/transcription.worker.js';

/** As many as the local model's, so that either takes the same memory. */
const OPENAI_DIMENSIONS = 384;
/** The next analyst is asked then. */
const ANALYST_TIMEOUT_MS = 20_000;

/** Nothing lies there: that the store says so shows that it answers. */
const PROBE_KEY = 'probe';

/** Audio to text, text to instructions. */
@Module({})
export class TranscriptionModule implements OnApplicationShutdown {
  constructor(
    @Inject(SPEECH_TO_TEXT) private readonly recognisers: readonly NamedProvider<SpeechToText>[],
    private readonly store: ObjectStore,
    readiness: Readiness,
  ) {
    readiness.add({ name: 'object_store', check: () => store.head(PROBE_KEY).then(() => true) }, 'degrading');
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
          { name: WAITING_TEXTS, schema: waitingTextSchema },
        ]),
      ],
      controllers: [RecordingsConsumer, TranscriptsRpc, ReviewsRpc, SearchConsumer],
      providers: [
        ...adapters(config),
        TranscriptRepository,
        TranscriptSteps,
        OpenTranscript,
        ForgetCustomer,
        TranscribeRecording,
        UnderstandWords,
        ...[WaitingTextRepository, ReceiveText, AnalyseText],
        AnalyseTranscript,
        TranscriptionWorker,
        ReadTranscript,
        ...[CorrectInstructions, ListReviews],
        ...[SearchEntryRepository, SearchFactsRepository, LearnFacts, EmbedEntries, IndexTranscript],
        ...[OrganizationIndexes, SearchTranscripts],
      ],
    };
  }

  /** The queue has let its work end by now. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.recognisers.map(({ provider }) => provider.close()), this.store.close()]);
  }
}

function adapters(config: TranscriptionConfig): Provider[] {
  return [
    // By a factory: what it says is then logged as everything is, not before there is a logger.
    {
      provide: SPEECH_TO_TEXT,
      useFactory: () => named(config.SPEECH_TO_TEXT, (name) => recogniser(config, name as RecogniserName)),
    },
    {
      provide: INSTRUCTION_ANALYST,
      useFactory: () => named(config.INSTRUCTION_ANALYST, (name) => analyst(config, name as AnalystName)),
    },
    { provide: TEXT_EMBEDDER, useFactory: () => embedder(config) },
    { provide: NearestVectors, useClass: UsearchNearestVectors },
    { provide: ObjectStore, useFactory: () => openRecordingStore(recordingStoreOptions(config)) },
  ];
}

function named<T>(names: string, create: (name: string) => T): NamedProvider<T>[] {
  return names.split(',').map((name) => ({ name, provider: create(name) }));
}

function recogniser(config: TranscriptionConfig, name: RecogniserName): SpeechToText {
  const neededBy = `SPEECH_TO_TEXT=${config.SPEECH_TO_TEXT}`;
  switch (name) {
    case 'openai':
      return new OpenAiSpeechToText({ ...openAi(config, neededBy), model: config.OPENAI_SPEECH_MODEL });
    case 'moonshine':
      return new MoonshineSpeechToText({ modelDir: required(config, 'SPEECH_MODEL_DIR', neededBy) });
    case 'replay':
      new Logger('Boot').warn('SPEECH_TO_TEXT=replay: nothing is recognised, transcripts are read from files.');
      return new ReplaySpeechToText({ transcriptsDir: required(config, 'REPLAY_TRANSCRIPTS_DIR', neededBy) });
  }
}

function analyst(config: TranscriptionConfig, name: AnalystName): InstructionAnalyst {
  if (name === 'local') return new LocalInstructionAnalyst();
  const account = openAi(config, `INSTRUCTION_ANALYST=${config.INSTRUCTION_ANALYST}`);
  return new OpenAiInstructionAnalyst({
    ...account,
    model: config.OPENAI_ANALYST_MODEL,
    timeoutMs: ANALYST_TIMEOUT_MS,
  });
}

function embedder(config: TranscriptionConfig): TextEmbedder | null {
  const neededBy = `TEXT_EMBEDDER=${config.TEXT_EMBEDDER}`;
  switch (config.TEXT_EMBEDDER) {
    case 'none':
      return null;
    case 'local':
      return new LocalTextEmbedder({ modelDir: required(config, 'EMBEDDING_MODEL_DIR', neededBy) });
    case 'openai':
      return new OpenAiTextEmbedder({
        ...openAi(config, neededBy),
        model: config.OPENAI_EMBEDDING_MODEL,
        dimensions: OPENAI_DIMENSIONS,
      });
  }
}

const openAi = (config: TranscriptionConfig, neededBy: string): OpenAiAccount => ({
  apiKey: required(config, 'OPENAI_API_KEY', neededBy),
  baseUrl: config.OPENAI_BASE_URL,
});
