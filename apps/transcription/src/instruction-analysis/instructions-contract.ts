import { clipText } from '#libs/contracts/fields/index.js';
import type * as contract from '#libs/contracts/values/instructions.js';
import type { TimeWindow } from '#libs/contracts/values/time-window.js';
import type {
  Evidence,
  Found,
  Instructions,
  Person,
  SafePlace,
  Unclear,
} from '#libs/domain/instructions/model/types.js';
import { intersect, subtract, type Interval } from '#libs/domain/time/index.js';

/** Limits of the contract: lengths of texts in UTF-16 code units, and the number of windows. */
const LIMITS = { evidence: 2_000, value: 500, name: 200, unit: 50, windows: 20, items: 20 } as const;

/** Fields of every finding of the analyst in addition to its value. */
type Basis = Pick<contract.Finding, 'confidence' | 'source' | 'evidence'>;

/**
 * Maps the analyst's findings to the contract. Fields that the words do not mention stay absent.
 * @param text the transcript that the evidence refers to
 * @param planned the delivery's window, for which `present` is determined
 */
export function toContract(found: Instructions, text: string, planned: Interval): contract.Instructions {
  return {
    ...toField('present', toPresence(found, text, planned)),
    ...toField('availability', toWindowsFinding(found.availability, text)),
    ...toField('unavailable', toWindowsFinding(found.unavailable, text)),
    ...toField('safePlace', toSafePlaceFinding(found)),
    ...toField('excludedPlaces', toListFinding(found.excludedPlaces, text, toExcludedPlace)),
    ...toField('people', toListFinding(found.people, text, toPerson)),
    ...toField('conditions', toListFinding(found.conditions, text, toCondition)),
    ...toField('questions', toQuestions(found.unclear)),
    ...toField(
      'accessCode',
      toFinding(found.accessCode, (code) => clipText(code, LIMITS.value)),
    ),
    ...toField(
      'recipient',
      toFinding(found.recipient, ({ name, unit }) => ({
        name: clipOrNull(name, LIMITS.name),
        unit: clipOrNull(unit, LIMITS.unit),
      })),
    ),
    ...toField(
      'reschedule',
      toFinding(found.reschedule, ({ to }) => ({ to: to === null ? null : toWindow(to) })),
    ),
    ...toField('refused', toFinding(found.refused, alwaysTrue)),
    ...toField('optOut', toFinding(found.optOut, alwaysTrue)),
    ...toField('callAhead', toFinding(found.callAhead, alwaysTrue)),
    ...toField('hazards', toChoicesFinding(found.hazards, text)),
    ...toField('handling', toChoicesFinding(found.handling, text)),
    ...toField('needsHuman', toFinding(found.needsHuman, alwaysTrue)),
    ...toField(
      'sentiment',
      toFinding(found.sentiment, (sentiment) => sentiment),
    ),
    ...toField('urgent', toFinding(found.urgent, alwaysTrue)),
    complexity: found.complexity,
    ...(found.complexityFactors.length > 0 && { complexityFactors: [...found.complexityFactors] }),
  };
}

const alwaysTrue = (): boolean => true;

function toField<K extends keyof contract.Instructions>(
  name: K,
  finding: contract.Instructions[K] | undefined,
): Pick<contract.Instructions, K> | object {
  return finding === undefined ? {} : { [name]: finding };
}

function toBasis(confidence: number, evidence: Evidence): Basis {
  const { start, end, text } = evidence;
  return { confidence, source: 'analysis', evidence: { start, end, text: clipText(text, LIMITS.evidence) } };
}

function toFinding<T, V>(found: Found<T> | null, toValue: (found: T) => V): (Basis & { value: V }) | undefined {
  return found === null ? undefined : { ...toBasis(found.confidence, found.evidence), value: toValue(found.value) };
}

/**
 * Basis of several findings combined into one: the lowest confidence, and the span that covers all evidence, or the
 * first evidence if that span would be too long.
 */
function combineBasis(found: readonly Found<unknown>[], text: string): Basis | undefined {
  const [first] = found;
  if (first === undefined) return undefined;
  const start = Math.min(...found.map(({ evidence }) => evidence.start));
  const end = Math.max(...found.map(({ evidence }) => evidence.end));
  const coveringEvidence =
    end - start <= LIMITS.evidence ? { start, end, text: text.slice(start, end) } : first.evidence;
  return toBasis(Math.min(...found.map(({ confidence }) => confidence)), coveringEvidence);
}

function toWindowsFinding(found: readonly Found<Interval>[], text: string): contract.WindowsFinding | undefined {
  const limitedFindings = found.slice(0, LIMITS.windows);
  const combinedBasis = combineBasis(limitedFindings, text);
  return combinedBasis && { ...combinedBasis, value: limitedFindings.map(({ value }) => toWindow(value)) };
}

function toChoicesFinding<T extends string>(
  found: readonly Found<T>[],
  text: string,
): (Basis & { value: T[] }) | undefined {
  const combinedBasis = combineBasis(found, text);
  return combinedBasis && { ...combinedBasis, value: [...new Set(found.map(({ value }) => value))] };
}

function toListFinding<T, V>(
  found: readonly Found<T>[],
  text: string,
  toValue: (one: Found<T>) => V,
): (Basis & { value: V[] }) | undefined {
  const limitedFindings = found.slice(0, LIMITS.items);
  const combinedBasis = combineBasis(limitedFindings, text);
  return combinedBasis && { ...combinedBasis, value: limitedFindings.map(toValue) };
}

const toExcludedPlace = ({ value, evidence }: Found<SafePlace>): contract.ExcludedPlace => ({
  place: value,
  text: clipText(evidence.text, LIMITS.value),
});

const toPerson = ({ value: { who, name, unit, mayReceive } }: Found<Person>): contract.Person => ({
  who: clipText(who, LIMITS.value),
  name: clipOrNull(name, LIMITS.name),
  unit: clipOrNull(unit, LIMITS.unit),
  mayReceive,
});

const toCondition = ({ value }: Found<string>): contract.Condition => ({ text: clipText(value, LIMITS.value) });

/** A question for each group of words that was not understood. */
function toQuestions(unclear: readonly Unclear[]): contract.QuestionsFinding | undefined {
  if (unclear.length === 0) return undefined;
  const value = unclear
    .slice(0, LIMITS.items)
    .map(({ about, evidence }) => ({ about, said: clipText(evidence.text, LIMITS.evidence) }));
  return { confidence: 1, source: 'analysis', value };
}

function toSafePlaceFinding({
  safePlace: place,
  safePlaceText: words,
}: Instructions): contract.SafePlaceFinding | undefined {
  if (place === null) return undefined;
  const text = words === null || words.value === '' ? {} : { text: clipText(words.value, LIMITS.value) };
  return { ...toBasis(place.confidence, place.evidence), value: place.value, ...text };
}

/**
 * Returns whether someone will be at home in the planned window. True if an availability overlaps it; false only if the
 * customer is absent for all of it. Undefined otherwise.
 */
function toPresence(found: Instructions, text: string, planned: Interval): contract.FlagFinding | undefined {
  const overlapping = found.availability.filter(({ value }) => intersect([value], [planned]).length > 0);
  const combinedBasis = combineBasis(overlapping, text);
  if (combinedBasis !== undefined) return { ...combinedBasis, value: true };
  const absences = found.unavailable.filter(({ value }) => intersect([value], [planned]).length > 0);
  const remainingWindow = subtract(
    [planned],
    absences.map(({ value }) => value),
  );
  const absenceBasis = remainingWindow.length === 0 ? combineBasis(absences, text) : undefined;
  return absenceBasis && { ...absenceBasis, value: false };
}

function toWindow({ start, end }: Interval): TimeWindow {
  return { start: start.toISOString(), end: end.toISOString() };
}

/** Truncates a text. Null and the empty text both mean that the value was not mentioned. */
function clipOrNull(text: string | null, max: number): string | null {
  return text === null || text === '' ? null : clipText(text, max);
}
