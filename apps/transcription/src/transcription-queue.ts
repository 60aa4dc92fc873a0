import { backOffMs, MOST_TRIES } from './transcripts/judge-failure.js';

/** The one queue of this app. Its name and kinds lie in the database: change them by a migration only. */
export const TRANSCRIPTION_QUEUE = 'transcription_queue';
export const TRANSCRIBE_RECORDING = 'transcribe-recording';

export const ANALYSE_TEXT = 'analyse-text';

export interface AnalyseTextWork {
  readonly messageId: string;
}

export interface TranscribeRecordingWork {
  readonly recordingId: string;
}

/**
 * The queue's own waits, for failures that are not the recording's (the database is away). Longer than `MOST_TRIES`, so
 * that the transcript ends visibly before the queue would give its work up in silence.
 */
export const TRANSCRIPTION_BACK_OFF_MS: readonly number[] = Array.from({ length: 2 * MOST_TRIES }, (_, index) =>
  backOffMs(index + 1),
);
