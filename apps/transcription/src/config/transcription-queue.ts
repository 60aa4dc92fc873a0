/** The one queue of this app. Its name and kinds lie in the database: change them by a migration only. */
export const TRANSCRIPTION_QUEUE = 'transcription_queue';
export const TRANSCRIBE_RECORDING = 'transcribe-recording';
export const ANALYSE_TEXT = 'analyse-text';
