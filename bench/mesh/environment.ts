import type { AppName } from '#deploy/local/stack/index.js';

/**
 * The speed-up of the simulated calls: the apps are measured, not the length of conversations. At a higher factor,
 * callbacks that are seconds apart in reality would arrive together and make each other's transactions retry.
 */
const TIME_SCALE = '30';

/**
 * The local profile with production's settings, except for those that make external systems fast: calls are sped up,
 * the carrier's speech recognition is simulated without word errors, and recordings get prepared transcripts.
 */
export const BENCH_ENVIRONMENT: Readonly<Record<string, string>> = {
  LOG_LEVEL: 'warn',
  SIMULATOR_TIME_SCALE: TIME_SCALE,
  SIMULATOR_GATHER: 'word-errors:0',
  // A call that was dropped because a busy machine answered the carrier too late is retried quickly.
  RETRY_DROPPED_SECONDS: '5',
  // Places every call at once instead of at the hour with the best chance.
  LEARN_CALL_TIMES: 'false',
};

/** Settings of single apps. */
export function appEnvironment(transcriptsDir: string): Partial<Record<AppName, Record<string, string>>> {
  return {
    transcription: {
      SPEECH_TO_TEXT: 'replay',
      REPLAY_TRANSCRIPTS_DIR: transcriptsDir,
      // The concurrency for a remote recognizer; the local one transcribes one recording at a time.
      TRANSCRIPTION_CONCURRENCY: '8',
    },
  };
}

/** What every customer of the bench says, as a recognizer would transcribe it. */
export const TRANSCRIPT = 'yes no leave it on the back porch please yes';
