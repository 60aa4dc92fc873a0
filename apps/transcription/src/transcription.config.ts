import { ChoiceField, IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { ConfigurationError, RecordingStoreConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

/** Transcription's environment. Adapters are named, never guessed. */
export class TranscriptionConfig extends RecordingStoreConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;

  /** `replay` answers from `REPLAY_TRANSCRIPTS_DIR` and is for benches and drills only. */
  @ChoiceField(['moonshine', 'replay']) SPEECH_TO_TEXT!: 'moonshine' | 'replay';
  /** The recogniser's model files; for `moonshine`. */
  @TextField({ optional: true, max: 1000 }) SPEECH_MODEL_DIR?: string;
  /** For `replay`: one `<sha256>.txt` for each recording, or one `default.txt` for all that have none. */
  @TextField({ optional: true, max: 1000 }) REPLAY_TRANSCRIPTS_DIR?: string;
  @ChoiceField(['local']) INSTRUCTION_ANALYST!: 'local';

  /** Recordings in work at once. The local recogniser does one at a time; a remote one can do more. */
  @IntegerField({ optional: true, min: 1, max: 64 }) TRANSCRIPTION_CONCURRENCY: number = 1;
}

/** The folder that the chosen recogniser needs. @throws ConfigurationError when it is not set */
export function recogniserFolder(config: TranscriptionConfig): string {
  const name = config.SPEECH_TO_TEXT === 'moonshine' ? 'SPEECH_MODEL_DIR' : 'REPLAY_TRANSCRIPTS_DIR';
  const folder = config[name];
  if (folder !== undefined) return folder;
  throw new ConfigurationError([`${name} is required with SPEECH_TO_TEXT=${config.SPEECH_TO_TEXT} and not set`]);
}
