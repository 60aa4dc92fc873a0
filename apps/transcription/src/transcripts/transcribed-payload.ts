import { clipText } from '#libs/contracts/fields/index.js';
import type { RecordingTranscribedPayload, TimedWord } from '#libs/contracts/index.js';
import type { StoredWords, TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import type { Transcription } from '#libs/ports/speech-to-text.js';

/** Bounds of the contract. The transcript itself keeps every word; only what travels is cut. */
const MOST = { text: 10_000, segments: 500, segmentText: 5_000, provider: 60, model: 100 } as const;

/** What a recogniser heard, as it is kept. */
export function storedWords(heard: Transcription): StoredWords {
  return {
    text: heard.text,
    language: heard.language,
    segments: heard.segments.map(({ startMs, endMs, text, confidence, words }) => ({
      ...{ startMs, endMs, text, confidence },
      ...(words && words.length > 0 ? { words: words.map(timed) } : {}),
    })),
    unintelligible: (heard.unintelligible ?? []).map(({ startMs, endMs }) => ({ startMs, endMs })),
    durationMs: heard.durationMs,
    provider: heard.provider,
    model: heard.model,
  };
}

const timed = ({ text, startMs, endMs }: TimedWord): TimedWord => ({ text, startMs, endMs });

/** What is told of the words. */
export function transcribedPayload(
  transcript: Pick<TranscriptDocument, '_id' | 'attemptId' | 'deliveryId'>,
  words: StoredWords,
): RecordingTranscribedPayload {
  return {
    attemptId: transcript.attemptId,
    deliveryId: transcript.deliveryId,
    recordingId: transcript._id,
    text: clipText(words.text, MOST.text),
    language: words.language,
    segments: words.segments.slice(0, MOST.segments).map((segment) => ({
      startMs: Math.round(segment.startMs),
      endMs: Math.round(segment.endMs),
      text: clipText(segment.text, MOST.segmentText),
      confidence: segment.confidence,
    })),
    provider: clipText(words.provider, MOST.provider),
    model: clipText(words.model, MOST.model),
  };
}
