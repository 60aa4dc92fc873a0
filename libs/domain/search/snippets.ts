import { wordsOf } from './words.js';

/** `text.slice(start, end)`, in UTF-16 units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface Snippet {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly offset: number;
  /** What was looked for, within the snippet. */
  readonly highlights: readonly TextSpan[];
}

const LONGEST = 240;
const CONTEXT = 80;
const MOST_SNIPPETS = 3;
const MOST_HIGHLIGHTS = 50;
/** Forms of one word differ in their endings: "garage", "garages". */
const LONGEST_ENDING = 3;
const SHORTEST_STEM = 3;

/**
 * Pieces of a text around the words that were looked for; the beginning of the text where none of them stands in it.
 * @param sought as the person typed it
 */
export function snippetsOf(text: string, sought: string): Snippet[] {
  const wanted = [...new Set(wordsOf(sought).map((word) => word.text))];
  const found = wordsOf(text).filter((word) => wanted.some((one) => isForm(one, word.text)));
  if (text === '') return [];
  if (found.length === 0) return [cut(text, 0, Math.min(text.length, LONGEST), [])];
  const snippets: Snippet[] = [];
  for (let index = 0; index < found.length && snippets.length < MOST_SNIPPETS;) {
    const first = found[index];
    if (!first) break;
    const start = Math.max(snippets.at(-1)?.offset ?? 0, first.start - CONTEXT, 0);
    const group = found.slice(index).filter((word) => word.end <= start + LONGEST - CONTEXT || word === first);
    const end = Math.min(text.length, Math.max((group.at(-1) ?? first).end + CONTEXT, first.end));
    snippets.push(cut(text, start, Math.min(end, start + LONGEST), group));
    index += Math.max(1, group.length);
  }
  return snippets;
}

/** Whether one is the other, or the other with another ending. */
function isForm(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short === long) return true;
  return short.length >= SHORTEST_STEM && long.startsWith(short) && long.length - short.length <= LONGEST_ENDING;
}

/** At the borders of words where there are any, so that no piece begins with half of one. */
function cut(text: string, from: number, to: number, found: readonly TextSpan[]): Snippet {
  const inner = found[0]?.start ?? to;
  const start = from === 0 ? 0 : borderAfter(text, from, inner);
  const end = to === text.length ? to : borderBefore(text, to, found.at(-1)?.end ?? start);
  const highlights = found
    .filter((span) => span.start >= start && span.end <= end)
    .slice(0, MOST_HIGHLIGHTS)
    .map((span) => ({ start: span.start - start, end: span.end - start }));
  return { text: text.slice(start, end), offset: start, highlights };
}

function borderAfter(text: string, from: number, latest: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 || space >= latest ? wholeCharacter(text, from) : space + 1;
}

function borderBefore(text: string, to: number, earliest: number): number {
  const space = text.lastIndexOf(' ', to);
  return space <= earliest ? Math.max(earliest, wholeCharacter(text, to)) : space;
}

/** Not between the two halves of one character. */
function wholeCharacter(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
