import { ChoiceField, IntegerField, TextField, type TextOptions } from '#libs/contracts/fields/index.js';
import { ConfigurationError, RecordingStoreConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

export const RECOGNIZERS = ['openai', 'moonshine', 'replay'] as const;
export type RecognizerName = (typeof RECOGNIZERS)[number];
export const ANALYSTS = ['openai', 'local'] as const;
export type AnalystName = (typeof ANALYSTS)[number];
export const EMBEDDERS = ['none', 'local', 'openai'] as const;
export type EmbedderName = (typeof EMBEDDERS)[number];

/** Creates the field options of a variable that lists adapters in order of preference, such as `openai,local`. */
function toListOptions(names: readonly string[]): TextOptions {
  const name = `(?:${names.join('|')})`;
  return {
    max: 200,
    pattern: new RegExp(`^${name}(?:,${name})*$`),
    patternMeaning: `one or more of ${names.join(', ')}, in order of preference, separated by commas`,
  };
}

/** Transcription's environment variables. Adapters are configured explicitly and have no default. */
export class TranscriptionConfig extends RecordingStoreConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;

  /**
   * Recognizers in order of preference; the next one is used when one fails. `replay` reads transcripts from
   * `REPLAY_TRANSCRIPTS_DIR`, for benchmarks and drills only.
   */
  @TextField(toListOptions(RECOGNIZERS)) SPEECH_TO_TEXT!: string;
  /** Directory of the recognizer's model files. Required by `moonshine`. */
  @TextField({ optional: true, max: 1000 }) SPEECH_MODEL_DIR?: string;
  /**
   * Directory of transcripts. Required by `replay`: one `<sha256>.txt` per recording, and a `default.txt` for
   * recordings without one.
   */
  @TextField({ optional: true, max: 1000 }) REPLAY_TRANSCRIPTS_DIR?: string;
  @TextField(toListOptions(ANALYSTS)) INSTRUCTION_ANALYST!: string;

  /** Required by the OpenAI adapters. */
  @TextField({ optional: true, max: 500 }) OPENAI_API_KEY?: string;
  /** Base URL, including the version, of another service with OpenAI's API. */
  @TextField({ optional: true, max: 1000 }) OPENAI_BASE_URL?: string;
  @TextField({ optional: true, max: 100 }) OPENAI_SPEECH_MODEL: string = 'whisper-1';
  @TextField({ optional: true, max: 100 }) OPENAI_ANALYST_MODEL: string = 'gpt-4o-mini';
  @TextField({ optional: true, max: 100 }) OPENAI_EMBEDDING_MODEL: string = 'text-embedding-3-small';

  /** Embedder of the semantic search. With `none`, search is full-text only. */
  @ChoiceField(EMBEDDERS, { optional: true }) TEXT_EMBEDDER: EmbedderName = 'none';
  /** Directory of the embedder's model files. Required by `local`. */
  @TextField({ optional: true, max: 1000 }) EMBEDDING_MODEL_DIR?: string;

  /**
   * Maximum number of recordings transcribed at the same time. The local recognizer processes one at a time; a remote
   * one can process more.
   */
  @IntegerField({ optional: true, min: 1, max: 64 }) TRANSCRIPTION_CONCURRENCY: number = 1;
}

/**
 * Returns a variable that a configured adapter requires.
 * @param neededBy the setting that requires the variable, such as `SPEECH_TO_TEXT=moonshine`
 * @throws ConfigurationError that names the variable and the adapter, if the variable is not set
 */
export function requireVariable(
  config: TranscriptionConfig,
  name: 'SPEECH_MODEL_DIR' | 'REPLAY_TRANSCRIPTS_DIR' | 'EMBEDDING_MODEL_DIR' | 'OPENAI_API_KEY',
  neededBy: string,
): string {
  const value = config[name];
  if (value !== undefined && value !== '') return value;
  throw new ConfigurationError([`${name} is required with ${neededBy} and not set`]);
}
