import type { Reading, Span } from '../reading/reader.js';
import { COMES_HOME, LEAVES, ORDERS, RETURNS, STAYS_THEN_LEAVES } from './compose-times.words.js';
import { rulesOut } from './polarity.js';
import { wordsAfter, wordsBefore, wordsOf } from './span-words.js';
import { DAY_END, DAY_START, type Window } from './window.js';

/** "Salgo de la casa", and, of who comes home afterwards, "salgo del trabajo". */
const LEAVES_HOME = /\b(?:salgo|sale|salimos|salen) de (?:la |mi |nuestra )?casa\b/;
const LEAVES_ELSEWHERE = /\b(?:salgo|sale|salimos|salen) (?:del|de la|de mi|de) (?!la casa|mi casa|casa)\w+/;

/** What a window means by the words around it. */
export type WindowMeaning =
  | { readonly kind: 'present'; readonly window: Window; readonly confidence: number }
  /** `implied` is when someone is there, because the words rule out the rest: "not before ten". */
  | { readonly kind: 'absent'; readonly window: Window; readonly implied?: Window }
  /** An event at one instant: every window that contains it is unclear. */
  | { readonly kind: 'event'; readonly window: Window }
  | { readonly kind: 'unread' };

/** Minimum confidence, 0–1, of a return that the words state. */
const MIN_EXPLICIT_CONFIDENCE = 0.8;

/** Judges a window of a span with the role `yes`: a point in time may be a return, a departure or an appointment. */
export function judgePresent(reading: Reading, span: Span, said: Window): WindowMeaning {
  // Nothing is delivered before the day begins: "I'm off my shift at seven".
  const isOpen = said.kind === 'at' || said.kind === 'after';
  const window = isOpen && said.from < DAY_START ? { ...said, from: DAY_START } : said;
  const before = wordsBefore(reading, span);
  const own = wordsOf(reading, span);
  const returns =
    [...before, ...wordsAfter(reading, span).slice(0, 5)].some((word) => RETURNS.test(word)) &&
    !before.some((word) => ORDERS.test(word));
  const { confidence } = span;
  if (returns && isBy(window, own)) {
    const after: Window = { from: window.to, to: Math.max(DAY_END, window.to), kind: 'after' };
    return { kind: 'present', window: after, confidence };
  }
  if (window.kind === 'at') {
    if (isDeparture(reading, span, before)) return { kind: 'absent', window };
    // A point in time is a window only if it is a return, from which on someone is at home.
    if (!returns && !own.some((word) => RETURNS.test(word))) return { kind: 'unread' };
  }
  const ahead = wordsOf(reading, { from: Math.max(0, span.from - 5), to: span.from });
  const isExplicit = COMES_HOME.test(ahead.join(' '));
  return {
    kind: 'present',
    window,
    confidence: isExplicit ? Math.max(confidence, MIN_EXPLICIT_CONFIDENCE) : confidence,
  };
}

/** Whether the bound of a window is "by": "back by three". */
const isBy = ({ kind }: Window, own: readonly string[]): boolean =>
  kind === 'until' &&
  /^(by|para)$/.test(own.find((word) => /^(by|para|until|till|til|before|hasta|antes)$/.test(word)) ?? '');

/**
 * Whether a point in time is a departure: "I go to the dentist at twelve". Who says "salgo a las once" and later
 * "regreso a las dos" leaves from home, and otherwise from work.
 */
function isDeparture(reading: Reading, span: Span, before: readonly string[]): boolean {
  const ahead = wordsOf(reading, { from: Math.max(0, span.from - 5), to: span.from }).join(' ');
  if (LEAVES_HOME.test(ahead)) return true;
  if (LEAVES_ELSEWHERE.test(ahead)) return false;
  const verb = before.findLast((word) => LEAVES.test(word) || RETURNS.test(word));
  if (verb === undefined || !LEAVES.test(verb)) return false;
  const earlier = wordsOf(reading, { from: 0, to: span.from }).join(' ');
  const later = wordsOf(reading, { from: span.to, to: reading.tokens.length });
  return (
    !RETURNS.test(verb) ||
    STAYS_THEN_LEAVES.test(earlier) ||
    later.some((word) => /^(?:regres\w+|vuelv\w+|return\w*|back)$/.test(word))
  );
}

/** Judges a window of a span with the role `no`. */
export function judgeAbsent(reading: Reading, span: Span, window: Window): WindowMeaning {
  const before = wordsBefore(reading, span);
  // "Gone by three" is an absence that begins at three.
  if (window.kind === 'until' && wordsOf(reading, span).includes('by'))
    return { kind: 'absent', window: { from: window.to, to: Math.max(DAY_END, window.to), kind: 'after' } };
  if (window.kind === 'at') {
    const leaves = [...before, ...wordsAfter(reading, span)].some((word) => LEAVES.test(word));
    return { kind: leaves ? 'absent' : 'event', window };
  }
  // "Not before ten", "not home until six" and "asleep till noon" imply presence afterwards. Without such words the
  // reader may have confused the two.
  if (window.kind === 'until' && rulesOut(reading, span))
    return { kind: 'absent', window, implied: { ...window, from: window.to, to: Math.max(DAY_END, window.to) } };
  if (window.kind === 'after' && before.some((word) => ORDERS.test(word)))
    return { kind: 'absent', window, implied: { ...window, from: Math.min(DAY_START, window.from), to: window.from } };
  return { kind: 'absent', window };
}
