/** `waiting` for the recogniser, `transcribed` and waiting for the analyst; `understood` and `failed` are the ends. */
export const TRANSCRIPT_STATES = ['waiting', 'transcribed', 'understood', 'failed'] as const;
export type TranscriptState = (typeof TRANSCRIPT_STATES)[number];
