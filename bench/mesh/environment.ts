import type { AppName } from '#deploy/local/stack/index.js';

/**
 * How many times faster than life the simulated calls go: the mesh is measured, not how long people talk. Not faster:
 * callbacks that are seconds apart in life would come at once and make each other's transactions start anew.
 */
const TIME_SCALE = '30';

/**
 * The local profile with production's own settings, but for what makes the outside world quick: calls go faster than in
 * life, the carrier's recogniser knows every word at no cost, and transcripts are replayed.
 */
export const BENCH_ENVIRONMENT: Readonly<Record<string, string>> = {
  LOG_LEVEL: 'warn',
  SIMULATOR_TIME_SCALE: TIME_SCALE,
  SIMULATOR_GATHER: 'word-errors:0',
  // A call that broke off on a machine too busy to answer the carrier in time is made again: here at once.
  RETRY_DROPPED_SECONDS: '5',
  // Every call at once, not in the hour that promises most.
  LEARN_CALL_TIMES: 'false',
};

/** Settings of single apps. */
export function appEnvironment(transcriptsDir: string): Partial<Record<AppName, Record<string, string>>> {
  return {
    transcription: {
      SPEECH_TO_TEXT: 'replay',
      REPLAY_TRANSCRIPTS_DIR: transcriptsDir,
      // As for a recogniser that is a service elsewhere: the local one does one at a time.
      TRANSCRIPTION_CONCURRENCY: '8',
    },
  };
}

/** What every customer of the bench says, as a recogniser would write it. */
export const TRANSCRIPT = 'yes no leave it on the back porch please yes';
