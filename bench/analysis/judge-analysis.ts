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
    if (field === 'safePlaceText') return [textVerdict(found, expected.safePlaceText ?? null)];
    if (field === 'complexity') return [complexityVerdict(found, expected.complexity ?? null)];
    return [verdict(field, EXPECTED[field](expected), FOUND[field](found))];
  });
}

/** Whether an access code was found that the speaker did not say: no code was expected, or a different one. */
export function isInvented(verdict: FieldVerdict): boolean {
  return verdict.field === 'accessCode' && verdict.wrong > 0;
}

type Listed = Exclude<JudgedField, 'safePlaceText' | 'complexity'>;
type Named = { readonly name: string | null; readonly unit: string | null } | null | undefined;

const flag = (value: unknown): string[] => (value ? ['yes'] : []);
const one = (value: string | null | undefined): string[] => (value === null || value === undefined ? [] : [value]);
const spans = (values: readonly Interval[] | null | undefined): string[] => (values ?? []).map(spanOf);
const spanOf = ({ start, end }: Interval): string => `${start.toISOString()}/${end.toISOString()}`;
const moved = (value: { readonly to: Interval | null } | null | undefined): string[] =>
  value ? [value.to ? spanOf(value.to) : 'open'] : [];
const person = (value: Named): string[] =>
  value ? [`${(value.name ?? '').toLowerCase()}/${(value.unit ?? '').toLowerCase()}`] : [];
const values = <T>(list: readonly Found<T>[]): T[] => list.map(({ value }) => value);

const EXPECTED: Readonly<Record<Listed, (expected: ExpectedFindings) => string[]>> = {
  availability: ({ availability }) => spans(availability),
  unavailable: ({ unavailable }) => spans(unavailable),
  safePlace: ({ safePlace }) => one(safePlace),
  accessCode: ({ accessCode }) => one(accessCode?.toUpperCase()),
  recipient: ({ recipient }) => person(recipient),
  reschedule: ({ reschedule }) => moved(reschedule),
  refused: ({ refused }) => flag(refused),
  optOut: ({ optOut }) => flag(optOut),
  callAhead: ({ callAhead }) => flag(callAhead),
  needsHuman: ({ needsHuman }) => flag(needsHuman),
  hazards: ({ hazards }) => hazards ?? [],
  handling: ({ handling }) => handling ?? [],
};

const FOUND: Readonly<Record<Listed, (found: Instructions) => string[]>> = {
  availability: ({ availability }) => spans(values(availability)),
  unavailable: ({ unavailable }) => spans(values(unavailable)),
  safePlace: ({ safePlace }) => one(safePlace?.value),
  accessCode: ({ accessCode }) => one(accessCode?.value.toUpperCase()),
  recipient: ({ recipient }) => person(recipient?.value),
  reschedule: ({ reschedule }) => moved(reschedule?.value),
  refused: ({ refused }) => flag(refused),
  optOut: ({ optOut }) => flag(optOut),
  callAhead: ({ callAhead }) => flag(callAhead),
  needsHuman: ({ needsHuman }) => flag(needsHuman),
  hazards: ({ hazards }) => values(hazards),
  handling: ({ handling }) => values(handling),
};

function verdict(field: JudgedField, expected: readonly string[], found: readonly string[]): FieldVerdict {
  const right = expected.filter((value) => found.includes(value)).length;
  const abstained = expected.length > 0 && found.length === 0;
  return { field, right, wrong: found.length - right, missed: expected.length - right, abstained, expected, found };
}

/** The expected words must occur in the evidence; case is ignored. */
function textVerdict({ safePlaceText }: Instructions, words: string | null): FieldVerdict {
  const evidence = safePlaceText?.evidence.text;
  if (words === null) return verdict('safePlaceText', [], one(evidence));
  const occurs = evidence?.toLowerCase().includes(words.toLowerCase()) ?? false;
  return verdict('safePlaceText', [words], occurs ? [words] : one(evidence));
}

/** Complexity is a matter of degree: a rating that differs by at most one is right. */
function complexityVerdict({ complexity }: Instructions, rating: number | null): FieldVerdict {
  if (rating === null) return verdict('complexity', [], []);
  return verdict('complexity', [String(rating)], [String(Math.abs(complexity - rating) <= 1 ? rating : complexity)]);
}
