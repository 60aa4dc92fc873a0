import type { Hazard } from '../model/types.js';
import { pattern } from '../text/patterns.js';

/** Words without which a text speaks of no such hazard. Folded, as all words of this file. */
export const HAZARD_WORDS: Readonly<Record<Hazard, RegExp>> = {
  dog: /\b(?:dog|dogs|doggo|pup\w*|hound|rott\w*|pit ?bulls?|shepherd|mastiff|terrier|bit(?:e|es|ten|ey)|bark\w*|canine|perr\w*|cachorr\w*|muerd\w*|morder|ladr\w*|brav[oa]s?)\b/,
  ice: /\b(?:ic[ey]|iced|frozen|freez\w*|slip\w*|slick|snow\w*|hielo|niev\w*|resbal\w*|resbalos\w*|congel\w*|patin\w*)\b/,
  stairs:
    /\b(?:stair\w*|steps?|staircase|ladder|floors?|walk-?up|elevator|lift|flights?|escal\w*|escalon\w*|pisos?|elevador|ascensor|gradas?|peldan\w*)\b/,
  gate: /\b(?:gates?|gated|fence|latch|door|lock\w*|porton\w*|rejas?|cancel|puerta|candado|zaguan|chapa|cerc[ao])\b/,
  other: /\S/,
};
/** "There is no dog." */
export const NO_HAZARD = pattern`\b${['no', 'not any', 'without', 'sin', 'no hay', 'no tengo', 'no tenemos']} ${[
  /dogs?/,
  /perros?/,
  'stairs',
  'steps',
  /escaleras?/,
  'escalones',
  'ice',
  'hielo',
]}\b`;
/** A warning of a dog in so many words. */
export const DOG_WARNED =
  /\b(?:watch|careful|mind|beware|cuidado|ojo|aguas)\b(?: \S+){0,7} (?:dogs?|puppy|labrador|lab|pit ?bulls?|rottweiler|german shepherd|perr[oa]s?|perrit[oa]s?|pitbulls?)\b|\b(?:dog|dog's|perro|perra)\b(?: \S+){0,4} (?:loose|out back|bites?|not friendly|unfriendly|nasty|mean|brav[oa]|muerde|anda suelt[oa]|suelt[oa])\b|\b(?:lump of a|big) (?:labrador|lab|german shepherd|rottweiler|dog)\b|\bpitbulls\b/;
/** A dog that harms no one, or is no more. */
export const FRIENDLY_DOG =
  /\b(?:friendly|harmless|won't bite|doesn't bite|doesn't do anything|wouldn't hurt|just lick|big baby|no hace nada|no muerde|no hacen nada|bien noble|mans[oa]|se (?:nos )?murio|ya murio|passed away)\b(?! (?:but|pero))/;
/** "Don't leave without ringing" asks for the bell. */
export const NOT_WITHOUT_RINGING = /\b(?:without|sin) (?:ring|knock|toc|timbr)/;
