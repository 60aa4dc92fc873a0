import type { TranscriptSegment, TranscriptWord } from '#libs/ports/speech-to-text.js';
import { createUnexpectedResponseError } from '../../openai/openai-errors.js';
import { withoutBoilerplate } from '../boilerplate.js';
import { endsInLoop } from '../repetition.js';

type Span = Pick<TranscriptSegment, 'startMs' | 'endMs'>;

/** The transcription of one chunk of a recording. All times are relative to the start of the recording. */
export interface TranscribedChunk {
  readonly segments: readonly TranscriptSegment[];
  /** Ranges that the recognizer could not transcribe, or in which it only repeated itself. */
  readonly unintelligible: readonly Span[];
}

/**
 * Limits that identify text that was not spoken. Source: OpenAI's documentation of a transcription segment: above a
 * `compression_ratio` of 2.4 the transcription failed; below an `avg_logprob` of -1 with a high `no_speech_prob` the
 * segment is silent. 0.6 is the limit of Whisper's reference decoder.
 */
const LIMITS = { compressionRatio: 2.4, averageLogProbability: -1, noSpeechProbability: 0.6 } as const;
/** Confidence for models that report no probabilities. */
const UNKNOWN_CONFIDENCE = 0.7;

interface VerboseResponse {
  readonly text: string;
  readonly segments?: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly avg_logprob: number;
    readonly compression_ratio: number;
    readonly no_speech_prob: number;
  }[];
  readonly words?: readonly { readonly word: string; readonly start: number; readonly end: number }[];
}

/**
 * Reads a `verbose_json` response for the chunk at `span` of the recording.
 * @throws ProviderError if the response is not as documented
 */
export function readVerboseResponse(response: VerboseResponse, span: Span): TranscribedChunk {
  if (typeof response.text !== 'string') throw createUnexpectedResponseError('a transcription without text');
  const segments: TranscriptSegment[] = [];
  const unintelligible: Span[] = [];
  const words = (response.words ?? []).map(({ word, ...times }) => ({
    text: word.trim(),
    ...toRecordingSpan(times, span),
  }));
  for (const segment of response.segments ?? []) {
    const times = toRecordingSpan(segment, span);
    const text = withoutBoilerplate(segment.text.trim());
    const isSilent =
      segment.no_speech_prob > LIMITS.noSpeechProbability && segment.avg_logprob < LIMITS.averageLogProbability;
    if (isSilent || text === '') continue;
    if (segment.compression_ratio > LIMITS.compressionRatio || isLoop(text)) unintelligible.push(times);
    else
      segments.push({ ...times, text, confidence: toConfidence(segment.avg_logprob), words: findWords(words, times) });
  }
  return { segments: removeOverlaps(segments), unintelligible };
}

interface TokenResponse {
  readonly text: string;
  readonly logprobs?: readonly { readonly logprob?: number | undefined }[] | undefined;
}

/**
 * Reads a `json` response with token log-probabilities as one segment for the whole chunk.
 * @throws ProviderError if the response is not as documented
 */
export function readTokenResponse(response: TokenResponse, span: Span): TranscribedChunk {
  if (typeof response.text !== 'string') throw createUnexpectedResponseError('a transcription without text');
  const text = withoutBoilerplate(response.text.trim());
  if (text === '') return { segments: [], unintelligible: [] };
  if (isLoop(text)) return { segments: [], unintelligible: [span] };
  const logProbabilities = (response.logprobs ?? []).flatMap(({ logprob }) => (logprob === undefined ? [] : [logprob]));
  const mean = logProbabilities.reduce((sum, logProbability) => sum + logProbability, 0) / logProbabilities.length;
  return {
    segments: [{ ...span, text, confidence: logProbabilities.length === 0 ? UNKNOWN_CONFIDENCE : toConfidence(mean) }],
    unintelligible: [],
  };
}

/** Converts a mean log-probability into a confidence in [0.01, 1]. */
function toConfidence(meanLogProbability: number): number {
  return Math.min(1, Math.max(0.01, Math.exp(meanLogProbability)));
}

function isLoop(text: string): boolean {
  const ids = new Map<string, number>();
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  return endsInLoop(words.map((word) => ids.get(word) ?? ids.set(word, ids.size).size - 1));
}

/** Converts seconds within the chunk into milliseconds of the recording, clamped to the chunk. */
function toRecordingSpan({ start, end }: { readonly start: number; readonly end: number }, span: Span): Span {
  const toRecordingMs = (seconds: number): number =>
    Math.min(span.endMs, Math.max(span.startMs, span.startMs + Math.round(seconds * 1_000)));
  return { startMs: toRecordingMs(start), endMs: Math.max(toRecordingMs(end), toRecordingMs(start)) };
}

const findWords = (words: readonly TranscriptWord[], { startMs, endMs }: Span): TranscriptWord[] =>
  words.filter((word) => word.startMs >= startMs && word.startMs < endMs);

/** Removes overlaps between segments, which recognizers may return. */
function removeOverlaps(segments: readonly TranscriptSegment[]): TranscriptSegment[] {
  let lastEndMs = 0;
  return segments.flatMap((segment) => {
    const startMs = Math.max(lastEndMs, segment.startMs);
    if (segment.endMs <= startMs) return [];
    lastEndMs = segment.endMs;
    return [{ ...segment, startMs }];
  });
}
