import type { Span } from '../reading/reader.js';
import { REFERS_BACK, SAME_TIME } from './compose-times.words.js';
import type { TimePhrase } from './time-phrase.js';
import { DAY_END, DAY_START, type Window } from './window.js';

/** Resolves words that refer to the last named window, such as "after that" or "antes". `null` if they do not. */
export function readReference(last: Window | null, words: readonly string[], tag: Span['tag']): TimePhrase[] | null {
  const phrase = words.join(' ');
  if (!last) return null;
  if (SAME_TIME.test(phrase)) {
    if (tag === 'yes' && last.kind !== 'range' && last.kind !== 'part') return [];
    const { kind, from, to } = last;
    const edge = kind === 'until' ? to : from;
    return [
      {
        days: null,
        windows: [kind === 'range' || kind === 'part' ? last : { from: edge, to: Math.max(DAY_END, edge), kind: 'at' }],
      },
    ];
  }
  const match = REFERS_BACK.exec(phrase);
  if (!match) return null;
  const { from, to, kind } = last;
  const edge =
    kind === 'until' ? to : kind === 'range' || kind === 'part' ? (match[1] === undefined ? from : to) : from;
  const window: Window =
    match[1] === undefined
      ? { from: Math.min(DAY_START, edge), to: edge, kind: 'until' }
      : { from: edge, to: Math.max(DAY_END, edge), kind: 'after' };
  return window.to > window.from ? [{ days: null, windows: [window] }] : null;
}
