import { ONLY_TODAY, ONLY_WHEN_OR_WHERE, OPT_OUT, REPORTED } from './opt-out.words.js';

/** Position of a match in a folded text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The first wish for no further contact in a folded text. A wish about when, how, or on which number to be called is
 * not an opt-out: "don't call before nine", "don't call the landline" and "don't call, just text" presuppose contact.
 */
export function matchOptOut(folded: string): Span | null {
  let first: Span | null = null;
  for (const pattern of OPT_OUT) {
    for (const match of folded.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (ONLY_WHEN_OR_WHERE.test(folded.slice(span.end))) continue;
      const before = folded.slice(0, span.start);
      if (REPORTED.test(before) || ONLY_TODAY.test(before)) continue;
      if (!first || span.start < first.start) first = span;
    }
  }
  return first;
}
