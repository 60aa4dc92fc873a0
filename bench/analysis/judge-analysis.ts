import type { Found, Instructions } from '#libs/domain/instructions/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import type { ExpectedFindings } from './analysis-set.js';

/** The judged fields, in the order in which they are reported. */
export const JUDGED_FIELDS = [
  'availability',
  'unavailable',
  'safePlace',
  'safePlaceText',
  'accessCode',
  'recipient',
  'reschedule',
  'refused',
  'optOut',
  'callAhead',
  'needsHuman',
  'hazards',
  'handling',
  'complexity',
] as const;
export type JudgedField = (typeof JUDGED_FIELDS)[number];

/** The score of one field of one utterance. */
export interface FieldVerdict {
  readonly field: JudgedField;
  /** Found and expected. */
  readonly right: number;
  /** Found but not expected. */
  readonly wrong: number;
  /** Expected but not found. */
  readonly missed: number;
  /** Something was expected and nothing was found. */
  readonly abstained: boolean;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

/** Compares findings with the expected ones, field by field. Fields without a label are not judged. */
export function judgeAnalysis(found: Instructions, expected: ExpectedFindings): FieldVerdict[] {
  return JUDGED_FIELDS.flatMap((field) => {
    if (expected[field] === undefined) return [];
    if (field === 'safePlaceText') return [judgeSafePlaceText(found, expected.safePlaceText ?? null)];
    if (field === 'complexity') return [judgeComplexity(found, expected.complexity ?? null)];
    return [verdict(field, EXPECTED_VALUES[field](expected), FOUND_VALUES[field](found))];
  });
}

/** Whether an access code was found that the speaker did not say: no code was expected, or a different one. */
export function isInvented(verdict: FieldVerdict): boolean {
  return verdict.field === 'accessCode' && verdict.wrong > 0;
}

type ComparedField = Exclude<JudgedField, 'safePlaceText' | 'complexity'>;
type Recipient = { readonly name: string | null; readonly unit: string | null } | null | undefined;

const toFlag = (value: unknown): string[] => (value ? ['yes'] : []);
const toList = (value: string | null | undefined): string[] => (value === null || value === undefined ? [] : [value]);
const formatIntervals = (values: readonly Interval[] | null | undefined): string[] =>
  (values ?? []).map(formatInterval);
const formatInterval = ({ start, end }: Interval): string => `${start.toISOString()}/${end.toISOString()}`;
const formatReschedule = (value: { readonly to: Interval | null } | null | undefined): string[] =>
  value ? [value.to ? formatInterval(value.to) : 'open'] : [];
const formatRecipient = (value: Recipient): string[] =>
  value ? [`${(value.name ?? '').toLowerCase()}/${(value.unit ?? '').toLowerCase().replace(/\s/g, '')}`] : [];
const values = <T>(list: readonly Found<T>[]): T[] => list.map(({ value }) => value);

const EXPECTED_VALUES: Readonly<Record<ComparedField, (expected: ExpectedFindings) => string[]>> = {
  availability: ({ availability }) => formatIntervals(availability),
  unavailable: ({ unavailable }) => formatIntervals(unavailable),
  safePlace: ({ safePlace }) => toList(safePlace),
  accessCode: ({ accessCode }) => toList(accessCode?.toUpperCase()),
  recipient: ({ recipient }) => formatRecipient(recipient),
  reschedule: ({ reschedule }) => formatReschedule(reschedule),
  refused: ({ refused }) => toFlag(refused),
  optOut: ({ optOut }) => toFlag(optOut),
  callAhead: ({ callAhead }) => toFlag(callAhead),
  needsHuman: ({ needsHuman }) => toFlag(needsHuman),
  hazards: ({ hazards }) => hazards ?? [],
  handling: ({ handling }) => handling ?? [],
};

const FOUND_VALUES: Readonly<Record<ComparedField, (found: Instructions) => string[]>> = {
  availability: ({ availability }) => formatIntervals(values(availability)),
  unavailable: ({ unavailable }) => formatIntervals(values(unavailable)),
  safePlace: ({ safePlace }) => toList(safePlace?.value),
  accessCode: ({ accessCode }) => toList(accessCode?.value.toUpperCase()),
  recipient: ({ recipient }) => formatRecipient(recipient?.value),
  reschedule: ({ reschedule }) => formatReschedule(reschedule?.value),
  refused: ({ refused }) => toFlag(refused),
  optOut: ({ optOut }) => toFlag(optOut),
  callAhead: ({ callAhead }) => toFlag(callAhead),
  needsHuman: ({ needsHuman }) => toFlag(needsHuman),
  hazards: ({ hazards }) => values(hazards),
  handling: ({ handling }) => values(handling),
};

function verdict(field: JudgedField, expected: readonly string[], found: readonly string[]): FieldVerdict {
  const right = expected.filter((value) => found.includes(value)).length;
  const abstained = expected.length > 0 && found.length === 0;
  return { field, right, wrong: found.length - right, missed: expected.length - right, abstained, expected, found };
}

/** The expected words must occur in the evidence; case is ignored. */
function judgeSafePlaceText({ safePlaceText }: Instructions, words: string | null): FieldVerdict {
  const evidence = safePlaceText?.evidence.text;
  if (words === null) return verdict('safePlaceText', [], toList(evidence));
  const occurs = evidence?.toLowerCase().includes(words.toLowerCase()) ?? false;
  return verdict('safePlaceText', [words], occurs ? [words] : toList(evidence));
}

/** Complexity is a matter of degree: a rating that differs by at most one is right. */
function judgeComplexity({ complexity }: Instructions, rating: number | null): FieldVerdict {
  if (rating === null) return verdict('complexity', [], []);
  return verdict('complexity', [String(rating)], [String(Math.abs(complexity - rating) <= 1 ? rating : complexity)]);
}
