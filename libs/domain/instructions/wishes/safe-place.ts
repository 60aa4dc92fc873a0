import { fold } from '../text/fold.js';
import { wholeWords } from '../text/patterns.js';
import type { SafePlace } from '../model/types.js';
import {
  ABOUT_SOMETHING_ELSE,
  DENIED,
  POSSESSION_AFTER,
  POSSESSION_BEFORE,
  PUT,
  PUT_INSTEAD,
  STATE_OF_DOOR,
  THERE_IS,
  USED_ON_THE_WAY,
  WALKED_THROUGH,
} from './safe-place-context.words.js';
import { PLACE_WORDS } from './safe-place.words.js';

export interface PlaceMatch {
  readonly place: SafePlace;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

const PLACES = PLACE_WORDS.map(([place, words]) => ({ place, pattern: wholeWords(words) }));

/** Places that people also walk through. */
const PASSAGES: readonly SafePlace[] = ['gate', 'front_door', 'back_door', 'side_door', 'garage'];

/**
 * The place where a parcel may be left, by the customer's words; `null` if none is named. Denied places and places on
 * the way are skipped: "not the porch, the garage", "go through the gate and leave it in the shed". Of the others, a
 * place after a word such as "leave" comes first, then a place that is not `other`, then the first in the text.
 */
export function matchSafePlace(text: string): PlaceMatch | null {
  const folded = fold(text);
  const found: (PlaceMatch & { readonly put: boolean })[] = [];
  for (const { place: name, pattern } of PLACES) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index + (match[0].length - match[0].trimStart().length);
      const end = match.index + match[0].trimEnd().length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const before = clauseBefore(folded, start);
      if (
        (DENIED.test(before) && !PUT_INSTEAD.test(before)) ||
        POSSESSION_BEFORE.test(before) ||
        POSSESSION_AFTER.test(folded.slice(end))
      )
        continue;
      const put = PUT.test(before);
      const isPassage = PASSAGES.includes(name);
      if (isPassage && WALKED_THROUGH.test(before)) continue;
      const isUsed = isPassage && (USED_ON_THE_WAY.test(before) || STATE_OF_DOOR.test(folded.slice(end)));
      const isScenery = name === 'other' && THERE_IS.test(before);
      if (!put && (ABOUT_SOMETHING_ELSE.test(before) || isUsed || isScenery)) continue;
      found.push({ place: name, confidence: put ? 0.93 : 0.75, start, end, put });
    }
  }
  // "Behind the chair on the porch": a place that is not `other` is easier to find.
  const named = ({ place: name }: PlaceMatch): number => Number(name !== 'other');
  const best = found.sort((a, b) => Number(b.put) - Number(a.put) || named(b) - named(a) || a.start - b.start)[0];
  return best ? { place: best.place, confidence: best.confidence, start: best.start, end: best.end } : null;
}

/** The words of the same clause before an index. */
function clauseBefore(folded: string, index: number): string {
  const before = folded.slice(0, index);
  const cut = Math.max(...[/\.\s/g, /\bbut\b/g, /\bpero\b/g, /\bsino\b/g].map((pattern) => lastEnd(before, pattern)));
  return before.slice(Math.max(0, cut));
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}
