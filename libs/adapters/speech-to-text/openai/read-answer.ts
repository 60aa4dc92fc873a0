import type { TranscriptSegment, TranscriptWord } from '#libs/ports/speech-to-text.js';
import { notAsDescribed } from '../../openai/openai-errors.js';
import { endsInLoop } from '../repetition.js';

type Span = Pick<TranscriptSegment, 'startMs' | 'endMs'>;

/** What was made of one piece of a recording; all times are the recording's. */
export interface HeardChunk {
  readonly segments: readonly TranscriptSegment[];
  /** Sound of which the recogniser made nothing, or only repeated itself. */
  readonly unintelligible: readonly Span[];
}

/**
 * Marks of text that was not spoken. From the API's own description of a segment (`compression_ratio` over 2.4: failed;
 * `avg_logprob` under -1 with a high `no_speech_prob`: silent), the latter at the value of Whisper's reference decoder.
 */
const FAILED = { compressionRatio: 2.4, averageLogProbability: -1, noSpeechProbability: 0.6 } as const;
/** Models that name no certainty are not believed like those that do. */
const UNKNOWN_CONFIDENCE = 0.7;

interface VerboseAnswer {
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
 * `verbose_json` of a piece that lies at `span` in the recording.
 * @throws ProviderError when it is not as described
 */
export function readVerboseAnswer(answer: VerboseAnswer, span: Span): HeardChunk {
  if (typeof answer.text !== 'string') throw notAsDescribed('a transcription without text');
  const segments: TranscriptSegment[] = [];
  const unintelligible: Span[] = [];
  const words = (answer.words ?? []).map(({ word, ...times }) => ({ text: word.trim(), ...within(times, span) }));
  for (const segment of answer.segments ?? []) {
    const times = within(segment, span);
    const text = segment.text.trim();
    const silent =
      segment.no_speech_prob > FAILED.noSpeechProbability && segment.avg_logprob < FAILED.averageLogProbability;
    if (silent || text === '') continue;
    if (segment.compression_ratio > FAILED.compressionRatio || isLoop(text)) unintelligible.push(times);
    else segments.push({ ...times, text, confidence: certainty(segment.avg_logprob), words: wordsIn(words, times) });
  }
  return { segments: inOrder(segments), unintelligible };
}

interface TokenAnswer {
  readonly text: string;
  readonly logprobs?: readonly { readonly logprob?: number | undefined }[] | undefined;
}

/**
 * `json` with the tokens' log-probabilities: one segment for the whole piece.
 * @throws ProviderError when it is not as described
 */
export function readTokenAnswer(answer: TokenAnswer, span: Span): HeardChunk {
  if (typeof answer.text !== 'string') throw notAsDescribed('a transcription without text');
  const text = answer.text.trim();
  if (text === '') return { segments: [], unintelligible: [] };
  if (isLoop(text)) return { segments: [], unintelligible: [span] };
  const certain = (answer.logprobs ?? []).flatMap(({ logprob }) => (logprob === undefined ? [] : [logprob]));
  const mean = certain.reduce((sum, one) => sum + one, 0) / certain.length;
  return {
    segments: [{ ...span, text, confidence: certain.length === 0 ? UNKNOWN_CONFIDENCE : certainty(mean) }],
    unintelligible: [],
  };
}

/** The mean probability of a token, by its logarithm; in (0, 1]. */
function certainty(meanLogProbability: number): number {
  return Math.min(1, Math.max(0.01, Math.exp(meanLogProbability)));
}

function isLoop(text: string): boolean {
  const ids = new Map<string, number>();
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  return endsInLoop(words.map((word) => ids.get(word) ?? ids.set(word, ids.size).size - 1));
}

/** Seconds of the piece as milliseconds of the recording, and never beyond the piece. */
function within({ start, end }: { readonly start: number; readonly end: number }, span: Span): Span {
  const at = (seconds: number): number =>
    Math.min(span.endMs, Math.max(span.startMs, span.startMs + Math.round(seconds * 1_000)));
  return { startMs: at(start), endMs: Math.max(at(end), at(start)) };
}

const wordsIn = (words: readonly TranscriptWord[], { startMs, endMs }: Span): TranscriptWord[] =>
  words.filter((word) => word.startMs >= startMs && word.startMs < endMs);

/** A recogniser's segments may touch or overlap a little; ours do not. */
function inOrder(segments: readonly TranscriptSegment[]): TranscriptSegment[] {
  let last = 0;
  return segments.flatMap((segment) => {
    const startMs = Math.max(last, segment.startMs);
    if (segment.endMs <= startMs) return [];
    last = segment.endMs;
    return [{ ...segment, startMs }];
  });
}
