import { findAccessCodeSpans } from './access-code.js';

const MASK = '•';
/** Minimum length of a known text that is masked everywhere. Shorter ones also occur in ordinary words. */
const MIN_KNOWN_LENGTH = 3;

/**
 * Masks every access code in a text, character by character, so that offsets into the text stay valid.
 * @param known codes, or the words for them, that are masked wherever they occur
 */
export function maskAccessCodes(text: string, known: readonly string[] = []): string {
  let masked = text;
  for (const code of known) {
    if (code.length >= MIN_KNOWN_LENGTH) masked = masked.replaceAll(code, MASK.repeat(code.length));
  }
  for (const { start, end } of findAccessCodeSpans(text)) {
    masked = masked.slice(0, start) + MASK.repeat(end - start) + masked.slice(end);
  }
  return masked;
}

/**
 * Masks the segments of a text as the whole text is masked: a code may begin in one segment and end in the next.
 * @param masked `text` as {@link maskAccessCodes} returns it
 */
export function maskSegments<S extends { readonly text: string }>(
  segments: readonly S[],
  text: string,
  masked: string,
): S[] {
  let from = 0;
  return segments.map((segment) => {
    const start = text.indexOf(segment.text, from);
    if (start < 0) return { ...segment, text: maskAccessCodes(segment.text) };
    from = start + segment.text.length;
    return { ...segment, text: masked.slice(start, from) };
  });
}

/**
 * Returns a copy of plain data for recipients without access to codes. Masks the value of every finding called
 * `accessCode`, each code in any text of the data, and the codes in the `segments` beside a `text`.
 */
export function withoutAccessCodes<T>(data: T): T {
  const known = new Set<string>();
  JSON.stringify(data, (key, value: unknown) => {
    if (key === 'accessCode') for (const text of toTexts(value)) known.add(text);
    return value;
  });
  const masked = JSON.stringify(data, (key, value: unknown) => {
    if (key === 'accessCode') return maskFinding(value);
    if (isTranscript(value)) {
      const text = maskAccessCodes(value.text, [...known]);
      return { ...value, text, segments: maskSegments(value.segments, value.text, text) };
    }
    return typeof value === 'string' ? maskAccessCodes(value, [...known]) : value;
  });
  return JSON.parse(masked) as T;
}

interface Transcript {
  readonly text: string;
  readonly segments: readonly { readonly text: string }[];
}

/** Whether the value is a transcript: a text, and its segments. */
function isTranscript(value: unknown): value is Transcript {
  if (typeof value !== 'object' || value === null) return false;
  const { text, segments } = value as Partial<Transcript>;
  return typeof text === 'string' && Array.isArray(segments);
}

/** Masks the code of a finding, regardless of its length. */
function maskFinding(finding: unknown): unknown {
  if (typeof finding !== 'object' || finding === null) return finding;
  return JSON.parse(
    JSON.stringify(finding, (key, value: unknown) =>
      typeof value === 'string' && (key === 'value' || key === 'text') ? MASK.repeat(value.length) : value,
    ),
  );
}

/** Returns the code of a finding as keyed and as spoken. */
function toTexts(finding: unknown): string[] {
  if (typeof finding !== 'object' || finding === null) return [];
  const { value, evidence } = finding as { value?: unknown; evidence?: { text?: unknown } };
  return [value, evidence?.text].filter((text): text is string => typeof text === 'string');
}
