import { ChoiceField, IntegerField, TextField, type TextOptions } from '#libs/contracts/fields/index.js';
import { ConfigurationError, RecordingStoreConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

export const RECOGNISERS = ['openai', 'moonshine', 'replay'] as const;
export type RecogniserName = (typeof RECOGNISERS)[number];
export const ANALYSTS = ['openai', 'local'] as const;
export type AnalystName = (typeof ANALYSTS)[number];
export const EMBEDDERS = ['none', 'local', 'openai'] as const;
export type EmbedderName = (typeof EMBEDDERS)[number];

/** Names in the order in which they are asked: `openai,local`. */
function inOrder(names: readonly string[]): TextOptions {
  const name = `(?:${names.join('|')})`;
  return {
    max: 200,
    pattern: new RegExp(`^${name}(?:,${name})*$`),
    patternMeaning: `one or more of ${names.join(', ')}, in the order in which they are asked, with commas between`,
  };
}

/** Transcription's environment. Adapters are named, never guessed. */
export class TranscriptionConfig extends RecordingStoreConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;

  /** The next one is asked where one fails. `replay` answers from `REPLAY_TRANSCRIPTS_DIR`, for benches and drills only. */
  @TextField(inOrder(RECOGNISERS)) SPEECH_TO_TEXT!: string;
  /** The recogniser's model files; for `moonshine`. */
  @TextField({ optional: true, max: 1000 }) SPEECH_MODEL_DIR?: string;
  /** For `replay`: one `<sha256>.txt` for each recording, or one `default.txt` for all that have none. */
  @TextField({ optional: true, max: 1000 }) REPLAY_TRANSCRIPTS_DIR?: string;
  @TextField(inOrder(ANALYSTS)) INSTRUCTION_ANALYST!: string;

  /** Required by the adapters of OpenAI. */
  @TextField({ optional: true, max: 500 }) OPENAI_API_KEY?: string;
  /** Another place that speaks OpenAI's API, with its version. */
  @TextField({ optional: true, max: 1000 }) OPENAI_BASE_URL?: string;
  @TextField({ optional: true, max: 100 }) OPENAI_SPEECH_MODEL: string = 'whisper-1';
  @TextField({ optional: true, max: 100 }) OPENAI_ANALYST_MODEL: string = 'gpt-4o-mini';
  @TextField({ optional: true, max: 100 }) OPENAI_EMBEDDING_MODEL: string = 'text-embedding-3-small';

  /** What makes the search understand meaning; `none`: it finds words only. */
  @ChoiceField(EMBEDDERS, { optional: true }) TEXT_EMBEDDER: EmbedderName = 'none';
  /** The embedder's model files; for `local`. */
  @TextField({ optional: true, max: 1000 }) EMBEDDING_MODEL_DIR?: string;

  /** Recordings in work at once. The local recogniser does one at a time; a remote one can do more. */
  @IntegerField({ optional: true, min: 1, max: 64 }) TRANSCRIPTION_CONCURRENCY: number = 1;
}

/** @throws ConfigurationError naming the variable and what needs it, when it is not set */
export function required(
  config: TranscriptionConfig,
  name: 'SPEECH_MODEL_DIR' | 'REPLAY_TRANSCRIPTS_DIR' | 'EMBEDDING_MODEL_DIR' | 'OPENAI_API_KEY',
  neededBy: string,
): string {
  const value = config[name];
  if (value !== undefined && value !== '') return value;
  throw new ConfigurationError([`${name} is required with ${neededBy} and not set`]);
}
