/**
 * `waiting`: for speech recognition. `transcribed`: waiting for the analysis. `understood` and `failed`: terminal.
 */
export const TRANSCRIPT_STATES = ['waiting', 'transcribed', 'understood', 'failed'] as const;
export type TranscriptState = (typeof TRANSCRIPT_STATES)[number];
