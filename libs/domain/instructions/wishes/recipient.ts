import { toEvidence } from '../text/find-phrase.js';
import { fold } from '../text/fold.js';
import type { Found, Recipient } from '../model/types.js';
import { NEIGHBOR } from './neighbors.words.js';
import { NOT_A_NAME } from './not-a-name.words.js';
import { IS_HOME_AFTER, NAMED_PERSON, RECIPIENT_BEFORE, WILL_RECEIVE_AFTER } from './recipient.words.js';
import { COUNTING_EN, COUNTING_ES, UNIT_AFTER } from './units.words.js';

/** Another person who takes the parcel, with a name or a unit; `null` where neither is named. */
export function findRecipient(text: string): Found<Recipient> | null {
  const folded = fold(text);
  for (const pattern of NAMED_PERSON) {
    for (const match of folded.matchAll(pattern)) {
      const name = match.groups?.['name'] ?? '';
      if (name.split(' ').some((word) => NOT_A_NAME.has(word) || /(ing|'s|n't)$/.test(word))) continue;
      const end = match.index + match[0].length;
      if (!takesTheParcel(folded, match.index, end)) continue;
      const after = unitAfter(folded, end);
      const before = after ? null : neighborWithUnit(folded.slice(0, match.index));
      const unit = after ?? before?.unit;
      return {
        value: { name: titleCase(name), unit: unit?.value ?? null },
        confidence: 0.85,
        evidence: toEvidence(text, before?.start ?? match.index, Math.max(unit?.end ?? end, end)),
      };
    }
  }
  const neighbor = neighborWithUnit(folded);
  if (!neighbor) return null;
  const { unit, start } = neighbor;
  return { value: { name: null, unit: unit.value }, confidence: 0.8, evidence: toEvidence(text, start, unit.end) };
}

/** A neighbor by the number of the door: "my neighbor in number twelve". */
function neighborWithUnit(folded: string): { start: number; unit: { value: string; end: number } } | null {
  for (const match of folded.matchAll(NEIGHBOR)) {
    const unit = unitAfter(folded, match.index + match[0].length);
    if (unit) return { start: match.index, unit };
  }
  return null;
}

/** Whether the words make the person a recipient: "my son max is asleep" names a person who takes nothing. */
const takesTheParcel = (folded: string, start: number, end: number): boolean =>
  RECIPIENT_BEFORE.test(folded.slice(Math.max(0, start - 60), start + 12)) ||
  WILL_RECEIVE_AFTER.test(folded.slice(end)) ||
  IS_HOME_AFTER.test(folded.slice(end));

function unitAfter(folded: string, from: number): { value: string; end: number } | null {
  const near = folded.slice(from, from + 45);
  const match = UNIT_AFTER.exec(near);
  const said = match?.groups?.['named'] ?? match?.groups?.['bare'];
  if (!match || said === undefined || /\b(but|after|before|until|code)\b/.test(near.slice(0, match.index))) return null;
  const value = toUnit(said);
  return value === null ? null : { value, end: from + match.index + match[0].trimEnd().length };
}

const TENS: Readonly<Record<string, number>> = {
  ...{ twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 },
};
const ZEROS = new Set(['zero', 'oh']);

/** "Twenty two b" → "22B". `null` where the words are not one number. */
function toUnit(said: string): string | null {
  const words = said.trim().split(/[ -]+/);
  let digits = '';
  let tens = 0;
  let letter = '';
  for (const word of words) {
    const compact = /^(\d+)([a-z]?)$/.exec(word);
    if (compact) {
      digits += compact[1] ?? '';
      letter += compact[2] ?? '';
    } else if (TENS[word] !== undefined) {
      tens = TENS[word];
    } else if (ZEROS.has(word)) {
      digits += tens > 0 ? `${tens}0` : '0';
      tens = 0;
    } else if (word === 'hundred') {
      digits += '00';
    } else if (COUNTING_ES.includes(word)) {
      digits += String(COUNTING_ES.indexOf(word) + 1);
    } else if (COUNTING_EN.includes(word)) {
      digits += String(tens + COUNTING_EN.indexOf(word) + 1);
      tens = 0;
    } else if (/^[a-z]$/.test(word)) {
      letter += word;
    } else {
      return null;
    }
  }
  if (tens > 0) digits += String(tens);
  return digits === '' ? null : digits + letter.toUpperCase();
}

const titleCase = (name: string): string =>
  name.replace(/(^|[\s'-])([a-z])/g, (_, gap: string, letter: string) => gap + letter.toUpperCase());
