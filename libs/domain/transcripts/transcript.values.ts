/**
 * The states of a transcript. `waiting`: speech recognition is not finished. `transcribed`: the analysis is not
 * finished. `understood` and `failed`: terminal.
 */
export const TRANSCRIPT_STATES = ['waiting', 'transcribed', 'understood', 'failed'] as const;
export type TranscriptState = (typeof TRANSCRIPT_STATES)[number];
