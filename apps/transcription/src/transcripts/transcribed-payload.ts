import { clipText } from '#libs/contracts/fields/index.js';
import type { RecordingTranscribedPayload, TimedWord } from '#libs/contracts/index.js';
import type { StoredWords, TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import type { Transcription } from '#libs/ports/speech-to-text.js';

/**
 * Limits of the event contract, in UTF-16 code units and segments. Only the event is truncated; the transcript is
 * stored in full.
 */
const LIMITS = { text: 10_000, segments: 500, segmentText: 5_000, provider: 60, model: 100 } as const;

/** Maps the result of a recognizer to its stored form. */
export function toStoredWords(transcription: Transcription): StoredWords {
  return {
    text: transcription.text,
    language: transcription.language,
    segments: transcription.segments.map(({ startMs, endMs, text, confidence, words }) => ({
      startMs,
      endMs,
      text,
      confidence,
      ...(words && words.length > 0 ? { words: words.map(toTimedWord) } : {}),
    })),
    unintelligible: (transcription.unintelligible ?? []).map(({ startMs, endMs }) => ({ startMs, endMs })),
    durationMs: transcription.durationMs,
    provider: transcription.provider,
    model: transcription.model,
  };
}

const toTimedWord = ({ text, startMs, endMs }: TimedWord): TimedWord => ({ text, startMs, endMs });

/** Builds the payload of the event that a recording was transcribed. */
export function toTranscribedPayload(
  transcript: Pick<TranscriptDocument, '_id' | 'attemptId' | 'deliveryId'>,
  words: StoredWords,
): RecordingTranscribedPayload {
  return {
    attemptId: transcript.attemptId,
    deliveryId: transcript.deliveryId,
    recordingId: transcript._id,
    text: clipText(words.text, LIMITS.text),
    language: words.language,
    segments: words.segments.slice(0, LIMITS.segments).map((segment) => ({
      startMs: Math.round(segment.startMs),
      endMs: Math.round(segment.endMs),
      text: clipText(segment.text, LIMITS.segmentText),
      confidence: segment.confidence,
    })),
    provider: clipText(words.provider, LIMITS.provider),
    model: clipText(words.model, LIMITS.model),
  };
}
