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
import { required, TranscriptionConfig, type AnalystName, type RecogniserName } from '../config/config.module.js';
import { Analysts } from './analysts.js';
import type { NamedProvider } from './first-that-answers.js';
import { Recognisers } from './recognisers.js';

export { Analysts } from './analysts.js';
export { Recognisers } from './recognisers.js';

/** As many as the local model's, so that either takes the same memory. */
const OPENAI_DIMENSIONS = 384;
/** The next analyst is asked then. */
const ANALYST_TIMEOUT_MS = 20_000;

/**
 * Who hears, understands and compares words, as the environment names them. Made by factories: what they say is then logged as
 * everything is, not before there is a logger.
 */
@Module({
  providers: [
    { provide: Recognisers, inject: [TranscriptionConfig], useFactory: recognisers },
    { provide: Analysts, inject: [TranscriptionConfig], useFactory: analysts },
    { provide: TextEmbedder, inject: [TranscriptionConfig], useFactory: embedder },
    { provide: NearestVectors, useClass: UsearchNearestVectors },
  ],
  exports: [Recognisers, Analysts, TextEmbedder, NearestVectors],
})
export class ProvidersModule {}

/** @throws ConfigurationError when a recogniser chosen lacks its folder or key */
function recognisers(config: TranscriptionConfig): Recognisers {
  return new Recognisers(named(config.SPEECH_TO_TEXT, (name) => recogniser(config, name as RecogniserName)));
}

/** @throws ConfigurationError when an analyst chosen lacks its key */
function analysts(config: TranscriptionConfig): Analysts {
  return new Analysts(named(config.INSTRUCTION_ANALYST, (name) => analyst(config, name as AnalystName)));
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

/** @returns undefined where nobody can say what words mean */
function embedder(config: TranscriptionConfig): TextEmbedder | undefined {
  const neededBy = `TEXT_EMBEDDER=${config.TEXT_EMBEDDER}`;
  switch (config.TEXT_EMBEDDER) {
    case 'none':
      return undefined;
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
