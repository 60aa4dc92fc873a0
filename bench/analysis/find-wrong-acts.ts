import type { Found, Instructions, SafePlace } from '#libs/domain/instructions/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import type { ExpectedFindings } from './analysis-set.js';

/**
 * Something false that the product would act on. A finding that is missing or narrower than what was said is not one of
 * these.
 */
export const WRONG_ACTS = [
  'availability',
  'unavailable',
  'safePlace',
  'recipient',
  'accessCode',
  'reschedule',
  'refused',
  'optOut',
] as const;
export type WrongAct = (typeof WRONG_ACTS)[number];

/**
 * Lists the findings of one utterance that would be acted on and are false: a time that is inverted, widened or
 * misplaced; a refusal, opt-out, rescheduling or recipient that was not said; an access code that is incomplete or
 * invented; a place that is excluded or only mentioned. Fields without a label are not judged.
 */
export function findWrongActs(found: Instructions, expected: ExpectedFindings): WrongAct[] {
  return WRONG_ACTS.filter((act) => IS_WRONG[act](found, expected));
}

const IS_WRONG: Readonly<Record<WrongAct, (found: Instructions, expected: ExpectedFindings) => boolean>> = {
  availability: ({ availability }, expected) =>
    isTimeWrong(
      availability.map(({ value }) => value),
      expected.availability,
      expected.unavailable,
    ),
  unavailable: ({ unavailable }, expected) =>
    isTimeWrong(
      unavailable.map(({ value }) => value),
      expected.unavailable,
      expected.availability,
    ),
  safePlace: ({ safePlace }, expected) =>
    expected.safePlace !== undefined &&
    safePlace !== null &&
    safePlace.value !== expected.safePlace &&
    !isDescribed(safePlace, expected),
  recipient: ({ recipient }, { recipient: expected }) => {
    if (expected === undefined || recipient === null) return false;
    const { name, unit } = recipient.value;
    return (
      expected === null ||
      differs(withoutTitle(name), withoutTitle(expected.name)) ||
      differs(withoutSpaces(unit), withoutSpaces(expected.unit))
    );
  },
  accessCode: ({ accessCode }, expected) =>
    expected.accessCode !== undefined && accessCode !== null && differs(accessCode.value, expected.accessCode),
  reschedule: ({ reschedule }, { reschedule: expected }) => {
    if (expected === undefined || reschedule === null) return false;
    if (expected === null) return true;
    const { to } = reschedule.value;
    return to !== null && !(expected.to && contains(expected.to, to));
  },
  refused: ({ refused }, expected) => expected.refused !== undefined && refused !== null && !expected.refused,
  optOut: ({ optOut }, expected) => expected.optOut !== undefined && optOut !== null && !expected.optOut,
};

/** Whether a found time goes beyond what was said, or overlaps the opposite of what was said. */
function isTimeWrong(
  found: readonly Interval[],
  said: readonly Interval[] | null | undefined,
  opposite: readonly Interval[] | null | undefined,
): boolean {
  const isBeyond = said !== undefined && found.some((time) => !(said ?? []).some((window) => contains(window, time)));
  return isBeyond || found.some((time) => (opposite ?? []).some((window) => overlaps(window, time)));
}

const contains = (outer: Interval, inner: Interval): boolean => outer.start <= inner.start && inner.end <= outer.end;
const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

/**
 * Whether the place is only described in the customer's own words and these contain the expected words: "behind the
 * planter by the front door" is less specific than `front_door`, but not wrong.
 */
const isDescribed = ({ value, evidence }: Found<SafePlace>, { safePlaceText }: ExpectedFindings): boolean =>
  value === 'other' &&
  safePlaceText !== undefined &&
  safePlaceText !== null &&
  evidence.text.toLowerCase().includes(safePlaceText.toLowerCase());

/** Whether two names are the same, ignoring titles: "Mrs Chen" and "Chen". */
const withoutTitle = (name: string | null | undefined): string | null =>
  name?.replace(/^(?:mr|mrs|ms|miss|mister|dr|don|doña|sr|sra|señor|señora)\.?\s+(?=\S)/i, '') ?? null;

/** "B 204" is "B204". */
const withoutSpaces = (unit: string | null): string | null => unit && unit.replace(/\s/g, '');

/** A part that was not found is missing, not wrong. Case is ignored. */
const differs = (found: string | null, expected: string | null | undefined): boolean =>
  found !== null && found.toLowerCase() !== (expected ?? '').toLowerCase();
