import { toWords } from './words.js';

/** A span of a text, for `text.slice(start, end)`, in UTF-16 code units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** An excerpt of a text for a search result. */
export interface Snippet {
  readonly text: string;
  /** Its start in the whole text. */
  readonly offset: number;
  /** The matches within the snippet, as spans of `text`. */
  readonly highlights: readonly TextSpan[];
}

/** Maximum length of a snippet, in UTF-16 code units. */
const MAX_LENGTH = 240;
/** Text shown before and after a match, in UTF-16 code units. */
const CONTEXT = 80;
const MAX_SNIPPETS = 3;
const MAX_HIGHLIGHTS = 50;
/** Forms of one word may differ by an ending of at most this length: "garage", "garages". */
const MAX_ENDING = 3;
/** Minimum length of the common part of two forms, in UTF-16 code units. */
const MIN_STEM = 3;

/**
 * Cuts snippets around the matches of a search, at most three. Without a match, the snippet is the start of the text.
 * @param query unprocessed, as the user typed it
 */
export function toSnippets(text: string, query: string): Snippet[] {
  const queryWords = [...new Set(toWords(query).map((word) => word.text))];
  const matches = toWords(text).filter((word) =>
    queryWords.some((queryWord) => areFormsOfOneWord(queryWord, word.text)),
  );
  if (text === '') return [];
  if (matches.length === 0) return [toSnippet(text, 0, Math.min(text.length, MAX_LENGTH), [])];
  const snippets: Snippet[] = [];
  for (let index = 0; index < matches.length && snippets.length < MAX_SNIPPETS;) {
    const first = matches[index];
    if (!first) break;
    const start = Math.max(snippets.at(-1)?.offset ?? 0, first.start - CONTEXT, 0);
    const group = matches.slice(index).filter((word) => word.end <= start + MAX_LENGTH - CONTEXT || word === first);
    const end = Math.min(text.length, Math.max((group.at(-1) ?? first).end + CONTEXT, first.end));
    snippets.push(toSnippet(text, start, Math.min(end, start + MAX_LENGTH), group));
    index += Math.max(1, group.length);
  }
  return snippets;
}

/** Whether the words are equal, or differ only in a short ending. */
function areFormsOfOneWord(one: string, other: string): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (shorter === longer) return true;
  return shorter.length >= MIN_STEM && longer.startsWith(shorter) && longer.length - shorter.length <= MAX_ENDING;
}

/** Cuts a snippet at word boundaries if possible, so that a snippet does not start with half a word. */
function toSnippet(text: string, from: number, to: number, matches: readonly TextSpan[]): Snippet {
  const firstMatchStart = matches[0]?.start ?? to;
  const start = from === 0 ? 0 : findBoundaryAfter(text, from, firstMatchStart);
  const end = to === text.length ? to : findBoundaryBefore(text, to, matches.at(-1)?.end ?? start);
  const highlights = matches
    .filter((span) => span.start >= start && span.end <= end)
    .slice(0, MAX_HIGHLIGHTS)
    .map((span) => ({ start: span.start - start, end: span.end - start }));
  return { text: text.slice(start, end), offset: start, highlights };
}

function findBoundaryAfter(text: string, from: number, latest: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 || space >= latest ? toCharacterBoundary(text, from) : space + 1;
}

function findBoundaryBefore(text: string, to: number, earliest: number): number {
  const space = text.lastIndexOf(' ', to);
  return space <= earliest ? Math.max(earliest, toCharacterBoundary(text, to)) : space;
}

/** Moves an index that is within a surrogate pair to the start of the pair. */
function toCharacterBoundary(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
