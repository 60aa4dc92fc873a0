import { fold } from '../text/fold.js';
import { wholeWords } from '../text/patterns.js';
import type { SafePlace } from '../model/types.js';
import {
  NEGATION_BEFORE,
  OTHER_TOPIC_BEFORE,
  PLACEMENT_BEFORE,
  POSSESSION_AFTER,
  POSSESSION_BEFORE,
  NEW_REQUEST_BEFORE,
  STATE_AFTER,
  THERE_IS_BEFORE,
  THROUGH_BEFORE,
  USE_BEFORE,
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
 * Finds the safe place that the customer names; `null` if no place is named. Skips negated places ("not the porch, the
 * garage") and places on the way ("go through the gate and leave it in the shed"). Of the others, prefers a place after
 * a verb such as "leave", then a place other than `other`, then the first in the text.
 */
export function matchSafePlace(text: string): PlaceMatch | null {
  const folded = fold(text);
  const found: (PlaceMatch & { readonly isAfterPlacementVerb: boolean })[] = [];
  for (const { place: name, pattern } of PLACES) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index + (match[0].length - match[0].trimStart().length);
      const end = match.index + match[0].trimEnd().length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const before = clauseBefore(folded, start);
      if (
        (NEGATION_BEFORE.test(before) && !NEW_REQUEST_BEFORE.test(before)) ||
        POSSESSION_BEFORE.test(before) ||
        POSSESSION_AFTER.test(folded.slice(end))
      )
        continue;
      const isAfterPlacementVerb = PLACEMENT_BEFORE.test(before);
      const isPassage = PASSAGES.includes(name);
      if (isPassage && THROUGH_BEFORE.test(before)) continue;
      const isUsed = isPassage && (USE_BEFORE.test(before) || STATE_AFTER.test(folded.slice(end)));
      const isOnlyDescribed = name === 'other' && THERE_IS_BEFORE.test(before);
      if (!isAfterPlacementVerb && (OTHER_TOPIC_BEFORE.test(before) || isUsed || isOnlyDescribed)) continue;
      const confidence = isAfterPlacementVerb ? 0.93 : 0.75;
      found.push({ place: name, confidence, start, end, isAfterPlacementVerb });
    }
  }
  // "Behind the chair on the porch": a place that is not `other` is easier to find.
  const specificity = ({ place: name }: PlaceMatch): number => Number(name !== 'other');
  const best = found.sort(
    (a, b) =>
      Number(b.isAfterPlacementVerb) - Number(a.isAfterPlacementVerb) ||
      specificity(b) - specificity(a) ||
      a.start - b.start,
  )[0];
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
