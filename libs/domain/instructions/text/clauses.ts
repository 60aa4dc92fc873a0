import { BOUNDARIES_EN, BOUNDARIES_ES } from './clauses.words.js';
import { pattern, toGlobal } from './patterns.js';

/** A part of a folded text that makes one statement. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** How the clause is joined to the one before it. */
  readonly opening: 'condition' | 'exception' | 'contrast' | 'plain';
}

/** Words that open a new statement. A speech recognizer seldom writes the comma before them. */
const BOUNDARY = toGlobal(pattern`\b${[...BOUNDARIES_EN, ...BOUNDARIES_ES]}`);

/** Splits a text where a new statement begins: at punctuation of the original and at words that open a statement. */
export function splitClauses(text: string, folded: string): Clause[] {
  const cuts = new Set<number>([0]);
  for (const match of text.matchAll(/[,;!?]\s|\.\s+(?!m\b)/g)) cuts.add(match.index + match[0].length);
  for (const match of folded.matchAll(BOUNDARY)) {
    if (!isSpanishYes(text, folded, match.index)) cuts.add(match.index);
  }
  const starts = [...cuts].filter((cut) => cut < folded.length).sort((a, b) => a - b);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? folded.length;
    const words = folded.slice(start, end);
    return { start, end, text: words, opening: isSpanishYes(text, folded, start) ? 'plain' : toOpening(words) };
  });
}

/**
 * Whether the text at an index is Spanish "sí" (yes) and not "si" (if): by its accent, or, as speech recognizers often
 * omit the accent, because the answer begins with it.
 */
function isSpanishYes(text: string, folded: string, index: number): boolean {
  if (!/^si\b/.test(folded.slice(index))) return false;
  return text.charAt(index + 1) === 'í' || (index === 0 && !/^si no\b/.test(folded));
}

function toOpening(words: string): Clause['opening'] {
  if (/^(and |or |so )?(if|in case|unless|when i'm (not|out)|si|por si)\b/.test(words)) return 'condition';
  if (/^(except|but not|excepto|salvo|menos|pero no (por|en|a|de))\b/.test(words)) return 'exception';
  return /^(but|however|pero)\b/.test(words) ? 'contrast' : 'plain';
}
