import { accessCodeSpans } from './access-code.js';

const MASK = '•';
/** Shorter pieces stand in ordinary words, too. */
const SHORTEST_KNOWN = 3;

/**
 * The text with everything that opens something covered, character by character, so that offsets into it stay true.
 * @param known codes, or the words for them, that are covered wherever they stand
 */
export function maskAccessCodes(text: string, known: readonly string[] = []): string {
  let masked = text;
  for (const code of known) {
    if (code.length >= SHORTEST_KNOWN) masked = masked.replaceAll(code, MASK.repeat(code.length));
  }
  for (const { start, end } of accessCodeSpans(text)) {
    masked = masked.slice(0, start) + MASK.repeat(end - start) + masked.slice(end);
  }
  return masked;
}

/**
 * The pieces a text was heard in, covered as the whole is: a code may begin in one piece and end in the next.
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
 * A copy of plain data for whoever must not learn how to get in: the value of every finding called `accessCode` is
 * covered, and so is each code in any text of the data, and in the `segments` beside a `text`.
 */
export function withoutAccessCodes<T>(data: T): T {
  const known = new Set<string>();
  JSON.stringify(data, (key, value: unknown) => {
    if (key === 'accessCode') for (const text of textsOf(value)) known.add(text);
    return value;
  });
  const masked = JSON.stringify(data, (key, value: unknown) => {
    if (key === 'accessCode') return covered(value);
    if (isHeard(value)) {
      const text = maskAccessCodes(value.text, [...known]);
      return { ...value, text, segments: maskSegments(value.segments, value.text, text) };
    }
    return typeof value === 'string' ? maskAccessCodes(value, [...known]) : value;
  });
  return JSON.parse(masked) as T;
}

interface Heard {
  readonly text: string;
  readonly segments: readonly { readonly text: string }[];
}

/** A transcript: what was said, and the pieces it was heard in. */
function isHeard(value: unknown): value is Heard {
  if (typeof value !== 'object' || value === null) return false;
  const { text, segments } = value as Partial<Heard>;
  return typeof text === 'string' && Array.isArray(segments);
}

/** The finding without its code, however short that is. */
function covered(finding: unknown): unknown {
  if (typeof finding !== 'object' || finding === null) return finding;
  return JSON.parse(
    JSON.stringify(finding, (key, value: unknown) =>
      typeof value === 'string' && (key === 'value' || key === 'text') ? MASK.repeat(value.length) : value,
    ),
  );
}

/** The code as keyed and as said. */
function textsOf(finding: unknown): string[] {
  if (typeof finding !== 'object' || finding === null) return [];
  const { value, evidence } = finding as { value?: unknown; evidence?: { text?: unknown } };
  return [value, evidence?.text].filter((text): text is string => typeof text === 'string');
}
