import { clipText } from '#libs/contracts/fields/index.js';
import type { Transcript, TranscriptSegment } from '#libs/contracts/index.js';
import { maskAccessCodes, maskSegments, withoutAccessCodes } from '#libs/domain/instructions/mask-access-codes.js';
import type { StoredWords, TranscriptDocument } from '#libs/persistence/schemas/transcripts.js';
import { transcribedPayload } from './transcribed-payload.js';

/** A transcript whole, as only the agent who has the delivery reads it. */
export function toTranscript(document: TranscriptDocument): Transcript {
  const { words, instructions, analyst, failure } = document;
  return {
    recordingId: document._id,
    attemptId: document.attemptId,
    deliveryId: document.deliveryId,
    state: document.state,
    segments: [],
    ...(words ? toWords(document, words) : {}),
    ...(instructions ? { instructions } : {}),
    ...(analyst === undefined ? {} : { analyst: clipText(analyst, 60) }),
    ...(failure ? { failure: { code: failure.code, detail: failure.detail } } : {}),
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
    revision: document.revision,
  };
}

/** A transcript for everybody else: without what opens a door. */
export function toCoveredTranscript(document: TranscriptDocument): Transcript {
  const { text = '', segments, ...rest } = toTranscript(document);
  const covered = coverText(text, document.instructions?.accessCode);
  return {
    ...withoutAccessCodes(rest),
    ...(document.words ? { text: covered } : {}),
    segments: maskSegments(segments, text, covered),
  };
}

function toWords(document: TranscriptDocument, words: StoredWords): Partial<Transcript> {
  const { text, language, segments, provider, model } = transcribedPayload(document, words);
  const confidence = confidenceOf(words.segments);
  return { text, language, segments, provider, model, ...(confidence === undefined ? {} : { confidence }) };
}

/** The mean of the segments' confidence by their length; of segments without length, plainly. */
function confidenceOf(segments: readonly TranscriptSegment[]): number | undefined {
  if (segments.length === 0) return undefined;
  const weights = segments.map(({ startMs, endMs }) => Math.max(0, endMs - startMs));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const weighed = segments.map(({ confidence }, index) => {
    const weight = whole === 0 ? 1 / segments.length : (weights[index] ?? 0) / whole;
    return confidence * weight;
  });
  return Math.min(
    1,
    weighed.reduce((sum, part) => sum + part, 0),
  );
}

type AccessCode = NonNullable<NonNullable<TranscriptDocument['instructions']>['accessCode']>;

/** The text with its codes covered; the analyst's own finding counts even where the rules would not see a code. */
export function coverText(text: string, found?: AccessCode): string {
  const known = found ? [found.value, ...(found.evidence ? [found.evidence.text] : [])] : [];
  return maskAccessCodes(text, known);
}
