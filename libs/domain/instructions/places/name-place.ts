import type { SafePlace } from '../model/types.js';
import { BEFORE_LANDMARK, PLACE_NAMES } from './place-names.words.js';

interface NamedPlace {
  readonly place: SafePlace;
  readonly from: number;
  readonly to: number;
}

interface Phrase {
  readonly words: readonly string[];
  readonly place: SafePlace;
}

const byFirstWord = new Map<string, Phrase[]>();
const stems: { readonly stem: string; readonly place: SafePlace }[] = [];
for (const [place, phrases] of Object.entries(PLACE_NAMES) as [SafePlace, readonly string[]][]) {
  for (const phrase of phrases) {
    if (phrase.endsWith('*')) {
      stems.push({ stem: phrase.slice(0, -1), place });
      continue;
    }
    const words = phrase.split(' ');
    const first = words[0] ?? '';
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { words, place }]);
  }
}
for (const phrases of byFirstWord.values()) phrases.sort((a, b) => b.words.length - a.words.length);

const ARTICLES =
  /^(the|my|our|your|a|an|el|la|los|las|mi|un|una|su|nuestra|nuestro|del|al|that|this|big|little|old|blue|red|green|white|black|brown)$/;

/**
 * Returns the kind of place that words name, or `other` for an unknown kind, whose description the agent reads in the
 * customer’s own words.
 * @param words folded words that are tagged as a place
 */
export function namePlace(words: readonly string[]): SafePlace {
  const named = findPlaces(words);
  const known =
    named.find((one) => !isLandmark(words, one.from) && !(isAdverb(words, one) && hasOtherNoun(words, one))) ??
    (hasOtherNoun(words, named[0]) ? undefined : named[0]);
  return known?.place ?? 'other';
}

/** Returns all places that words name, in order. */
function findPlaces(words: readonly string[]): NamedPlace[] {
  const found: NamedPlace[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').replace(/'s$/, '');
    const phrase = byFirstWord
      .get(word)
      ?.find((one) => one.words.every((part, index) => (words[at + index] ?? '').replace(/'s$/, '') === part));
    const stem = phrase ? undefined : stems.find((one) => word.startsWith(one.stem));
    const place = phrase?.place ?? stem?.place;
    if (!place) continue;
    const to = at + (phrase?.words.length ?? 1);
    found.push({ place, from: at, to });
    at = to - 1;
  }
  return found;
}

/** Whether a place is only a landmark for another one: "the planter next to the front door". */
function isLandmark(words: readonly string[], from: number): boolean {
  let at = from - 1;
  while (at >= 0 && ARTICLES.test(words[at] ?? '')) at -= 1;
  return BEFORE_LANDMARK.some((phrase) => {
    const parts = phrase.split(' ');
    const start = at - parts.length + 1;
    const withArticle = start + 1;
    return (
      (start >= 0 && parts.every((part, index) => words[start + index] === part)) ||
      (withArticle >= 0 && withArticle < from && parts.every((part, index) => words[withArticle + index] === part))
    );
  });
}

/** Words that are only the location of something else, such as "out back". */
const isAdverb = (words: readonly string[], { from, to }: NamedPlace): boolean =>
  /^(round|around|out|at|por|atras|back)/.test(words[from] ?? '') &&
  !words.slice(from, to).some((word) => /^(door|puerta|entrance|entrada)$/.test(word));

/** Whether an object that is not a known place is named before the landmark. */
function hasOtherNoun(words: readonly string[], landmark: NamedPlace | undefined): boolean {
  if (!landmark) return false;
  return words.slice(0, landmark.from).filter((word) => !SMALL_WORDS.has(word) && !ARTICLES.test(word)).length > 0;
}

const SMALL_WORDS = new Set(
  'in on at by to of inside under underneath behind beside next near over right just round around up down out outside left side against between past across from into onto onto en de a al lado junto cerca detras atras debajo abajo arriba encima adentro dentro afuera enfrente frente pegado pegadito izquierda derecha entre hasta por close opposite facing beneath'.split(
    ' ',
  ),
);
