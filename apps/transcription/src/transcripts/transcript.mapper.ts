import { clipText } from '#libs/contracts/fields/index.js';
import type { Review, TimedSegment, TimedWord, Transcript, TranscriptSegment } from '#libs/contracts/index.js';
import {
  maskAccessCodes,
  maskSegments,
  withoutAccessCodes,
} from '#libs/domain/instructions/codes/mask-access-codes.js';
import type {
  StoredReview,
  StoredWords,
  TranscriptDocument,
} from '#libs/persistence/schemas/transcription/transcripts.js';
import { computeMeanConfidence } from './mean-confidence.js';
import { toVersion } from './transcript.js';
import { toTranscribedPayload } from './transcribed-payload.js';

/** Maximum number of words per segment in the contract. */
const MAX_WORDS = 2000;
/** Maximum length of a word in the contract, in UTF-16 code units. */
const MAX_WORD_LENGTH = 200;

/** Maps a transcript with its access codes. Only the agent who has the delivery may see it. */
export function toTranscript(document: TranscriptDocument): Transcript {
  const { words, instructions, analyst, failure, review } = document;
  const correction = document.corrections?.at(-1);
  return {
    recordingId: document._id,
    attemptId: document.attemptId,
    deliveryId: document.deliveryId,
    state: document.state,
    segments: [],
    ...(words ? toWordFields(document, words) : {}),
    ...(instructions ? { instructions } : {}),
    ...(analyst === undefined ? {} : { analyst: clipText(analyst, 60) }),
    ...(failure ? { failure: { code: failure.code, detail: failure.detail } } : {}),
    version: toVersion(document),
    ...(correction ? { correctedBy: correction.by } : {}),
    ...(review ? { review: toReview(review) } : {}),
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
    revision: document.revision,
  };
}

const toReview = ({ state, reasons, openedAt, closedAt }: StoredReview): Review => ({
  state,
  reasons,
  openedAt: openedAt.toISOString(),
  ...(closedAt ? { closedAt: closedAt.toISOString() } : {}),
});

/** Maps a transcript with access codes masked, for all readers except the agent who has the delivery. */
export function toMaskedTranscript(document: TranscriptDocument): Transcript {
  const { text = '', segments, ...fields } = toTranscript(document);
  const maskedText = maskText(text, document.instructions?.accessCode);
  const note = document.corrections?.at(-1)?.note;
  return {
    ...withoutAccessCodes(fields),
    ...(note === undefined ? {} : { note }),
    ...(document.words ? { text: maskedText } : {}),
    segments: maskSegments(segments, text, maskedText).map((segment, index) =>
      withoutMaskedWords(segment, segments[index]),
    ),
  };
}

/** Omits the timed words of a segment in which an access code is masked, because they would reveal the code. */
function withoutMaskedWords({ words, ...segment }: TimedSegment, unmasked: TimedSegment | undefined): TimedSegment {
  return words && segment.text === unmasked?.text ? { ...segment, words } : segment;
}

function toWordFields(document: TranscriptDocument, words: StoredWords): Partial<Transcript> {
  const { text, language, segments: payloadSegments, provider, model } = toTranscribedPayload(document, words);
  const confidence = computeMeanConfidence(words.segments);
  const segments = payloadSegments.map((segment, index) => withWords(segment, words.segments[index]?.words));
  return { text, language, segments, provider, model, ...(confidence === undefined ? {} : { confidence }) };
}

const withWords = (segment: TranscriptSegment, words: readonly TimedWord[] | undefined): TimedSegment =>
  words ? { ...segment, words: words.slice(0, MAX_WORDS).map(toWord) } : segment;

const toWord = ({ text, startMs, endMs }: TimedWord): TimedWord => ({
  text: clipText(text, MAX_WORD_LENGTH),
  startMs: Math.round(startMs),
  endMs: Math.round(endMs),
});

type AccessCode = NonNullable<NonNullable<TranscriptDocument['instructions']>['accessCode']>;

/**
 * Masks access codes in a text. The code that the analyst found is masked even if the masking rules do not detect it.
 */
export function maskText(text: string, accessCode?: AccessCode): string {
  const knownCodes = accessCode ? [accessCode.value, ...(accessCode.evidence ? [accessCode.evidence.text] : [])] : [];
  return maskAccessCodes(text, knownCodes);
}
