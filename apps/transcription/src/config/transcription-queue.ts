/**
 * The only queue of this app. Its name and the kinds of its work are stored in MongoDB, so they change only with a
 * migration.
 */
export const TRANSCRIPTION_QUEUE = 'transcription_queue';
export const TRANSCRIBE_RECORDING = 'transcribe-recording';
export const ANALYZE_TEXT = 'analyse-text';
