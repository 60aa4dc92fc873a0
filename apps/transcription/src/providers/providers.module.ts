import { Logger, Module } from '@nestjs/common';
import { LocalInstructionAnalyst } from '#libs/adapters/instruction-analyst/local/local-instruction-analyst.js';
import { OpenAiInstructionAnalyst } from '#libs/adapters/instruction-analyst/openai/openai-instruction-analyst.js';
import { UsearchNearestVectors } from '#libs/adapters/nearest-vectors/usearch-nearest-vectors.js';
import type { OpenAiAccount } from '#libs/adapters/openai/openai-client.js';
import { MoonshineSpeechToText } from '#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js';
import { OpenAiSpeechToText } from '#libs/adapters/speech-to-text/openai/openai-speech-to-text.js';
import { ReplaySpeechToText } from '#libs/adapters/speech-to-text/replay/replay-speech-to-text.js';
import { LocalTextEmbedder } from '#libs/adapters/text-embedder/local/local-text-embedder.js';
import { OpenAiTextEmbedder } from '#libs/adapters/text-embedder/openai/openai-text-embedder.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { NearestVectors } from '#libs/ports/nearest-vectors.js';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import {
  requireVariable,
  TranscriptionConfig,
  type AnalystName,
  type RecognizerName,
} from '../config/config.module.js';
import { Analysts } from './analysts.js';
import type { NamedProvider } from './failover.js';
import { Recognizers } from './recognizers.js';

export { Analysts } from './analysts.js';
export { Recognizers } from './recognizers.js';

/** Number of dimensions of OpenAI embeddings. Equals that of the local model, so that both need the same memory. */
const OPENAI_DIMENSIONS = 384;
/** Timeout of a request to OpenAI's analyst, after which the next analyst is called. */
const ANALYST_TIMEOUT_MS = 20_000;

/**
 * The configured recognizers, analysts and embedder. Nest creates them with factories when the app starts, so that they
 * log through the application logger.
 */
@Module({
  providers: [
    { provide: Recognizers, inject: [TranscriptionConfig], useFactory: createRecognizers },
    { provide: Analysts, inject: [TranscriptionConfig], useFactory: createAnalysts },
    { provide: TextEmbedder, inject: [TranscriptionConfig], useFactory: createEmbedder },
    { provide: NearestVectors, useClass: UsearchNearestVectors },
  ],
  exports: [Recognizers, Analysts, TextEmbedder, NearestVectors],
})
export class ProvidersModule {}

/** @throws ConfigurationError if a configured recognizer lacks its directory or key */
function createRecognizers(config: TranscriptionConfig): Recognizers {
  return new Recognizers(createAll(config.SPEECH_TO_TEXT, (name) => createRecognizer(config, name as RecognizerName)));
}

/** @throws ConfigurationError if a configured analyst lacks its key */
function createAnalysts(config: TranscriptionConfig): Analysts {
  return new Analysts(createAll(config.INSTRUCTION_ANALYST, (name) => createAnalyst(config, name as AnalystName)));
}

function createAll<T>(names: string, create: (name: string) => T): NamedProvider<T>[] {
  return names.split(',').map((name) => ({ name, provider: create(name) }));
}

function createRecognizer(config: TranscriptionConfig, name: RecognizerName): SpeechToText {
  const neededBy = `SPEECH_TO_TEXT=${config.SPEECH_TO_TEXT}`;
  switch (name) {
    case 'openai':
      return new OpenAiSpeechToText({ ...toOpenAiAccount(config, neededBy), model: config.OPENAI_SPEECH_MODEL });
    case 'moonshine':
      return new MoonshineSpeechToText({ modelDir: requireVariable(config, 'SPEECH_MODEL_DIR', neededBy) });
    case 'replay':
      new Logger('Boot').warn('SPEECH_TO_TEXT=replay: no speech is recognized, transcripts are read from files.');
      return new ReplaySpeechToText({ transcriptsDir: requireVariable(config, 'REPLAY_TRANSCRIPTS_DIR', neededBy) });
  }
}

function createAnalyst(config: TranscriptionConfig, name: AnalystName): InstructionAnalyst {
  if (name === 'local') return new LocalInstructionAnalyst();
  const account = toOpenAiAccount(config, `INSTRUCTION_ANALYST=${config.INSTRUCTION_ANALYST}`);
  return new OpenAiInstructionAnalyst({
    ...account,
    model: config.OPENAI_ANALYST_MODEL,
    timeoutMs: ANALYST_TIMEOUT_MS,
  });
}

/** @returns undefined if no embedder is configured */
function createEmbedder(config: TranscriptionConfig): TextEmbedder | undefined {
  const neededBy = `TEXT_EMBEDDER=${config.TEXT_EMBEDDER}`;
  switch (config.TEXT_EMBEDDER) {
    case 'none':
      return undefined;
    case 'local':
      return new LocalTextEmbedder({ modelDir: requireVariable(config, 'EMBEDDING_MODEL_DIR', neededBy) });
    case 'openai':
      return new OpenAiTextEmbedder({
        ...toOpenAiAccount(config, neededBy),
        model: config.OPENAI_EMBEDDING_MODEL,
        dimensions: OPENAI_DIMENSIONS,
      });
  }
}

const toOpenAiAccount = (config: TranscriptionConfig, neededBy: string): OpenAiAccount => ({
  apiKey: requireVariable(config, 'OPENAI_API_KEY', neededBy),
  baseUrl: config.OPENAI_BASE_URL,
});
