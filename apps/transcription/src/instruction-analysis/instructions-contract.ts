import { clipText } from '#libs/contracts/fields/index.js';
import type * as contract from '#libs/contracts/values/instructions.js';
import type { TimeWindow } from '#libs/contracts/values/time-window.js';
import type { Evidence, Found, Instructions } from '#libs/domain/instructions/model/types.js';
import { intersect, subtract, type Interval } from '#libs/domain/time/index.js';

/** Limits of the contract: characters of texts, and number of windows. */
const LIMITS = { evidence: 2_000, value: 500, name: 200, unit: 50, windows: 20 } as const;

/** Fields that all findings of the analysis have. */
type Basis = Pick<contract.Finding, 'confidence' | 'source' | 'evidence'>;

/**
 * Maps the analyst's findings to the contract. Fields that the words do not mention stay absent.
 * @param text the transcript that the evidence refers to
 * @param planned the delivery's window, for which `present` is judged
 */
export function toContract(found: Instructions, text: string, planned: Interval): contract.Instructions {
  return {
    ...field('present', presence(found, text, planned)),
    ...field('availability', windows(found.availability, text)),
    ...field('unavailable', windows(found.unavailable, text)),
    ...field('safePlace', safePlace(found)),
    ...field(
      'accessCode',
      toFinding(found.accessCode, (code) => clipText(code, LIMITS.value)),
    ),
    ...field(
      'recipient',
      toFinding(found.recipient, ({ name, unit }) => ({
        name: clipped(name, LIMITS.name),
        unit: clipped(unit, LIMITS.unit),
      })),
    ),
    ...field(
      'reschedule',
      toFinding(found.reschedule, ({ to }) => ({ to: to === null ? null : toWindow(to) })),
    ),
    ...field('refused', toFinding(found.refused, alwaysTrue)),
    ...field('optOut', toFinding(found.optOut, alwaysTrue)),
    ...field('callAhead', toFinding(found.callAhead, alwaysTrue)),
    ...field('hazards', choices(found.hazards, text)),
    ...field('handling', choices(found.handling, text)),
    ...field('needsHuman', toFinding(found.needsHuman, alwaysTrue)),
    ...field(
      'sentiment',
      toFinding(found.sentiment, (sentiment) => sentiment),
    ),
    ...field('urgent', toFinding(found.urgent, alwaysTrue)),
    complexity: found.complexity,
    ...(found.complexityFactors.length > 0 && { complexityFactors: [...found.complexityFactors] }),
  };
}

const alwaysTrue = (): boolean => true;

function field<K extends keyof contract.Instructions>(
  name: K,
  finding: contract.Instructions[K] | undefined,
): Pick<contract.Instructions, K> | object {
  return finding === undefined ? {} : { [name]: finding };
}

function basis(confidence: number, evidence: Evidence): Basis {
  const { start, end, text } = evidence;
  return { confidence, source: 'analysis', evidence: { start, end, text: clipText(text, LIMITS.evidence) } };
}

function toFinding<T, V>(found: Found<T> | null, value: (found: T) => V): (Basis & { value: V }) | undefined {
  return found === null ? undefined : { ...basis(found.confidence, found.evidence), value: value(found.value) };
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
  const covering = end - start <= LIMITS.evidence ? { start, end, text: text.slice(start, end) } : first.evidence;
  return basis(Math.min(...found.map(({ confidence }) => confidence)), covering);
}

function windows(found: readonly Found<Interval>[], text: string): contract.WindowsFinding | undefined {
  const kept = found.slice(0, LIMITS.windows);
  const shared = combineBasis(kept, text);
  return shared && { ...shared, value: kept.map(({ value }) => toWindow(value)) };
}

function choices<T extends string>(found: readonly Found<T>[], text: string): (Basis & { value: T[] }) | undefined {
  const shared = combineBasis(found, text);
  return shared && { ...shared, value: [...new Set(found.map(({ value }) => value))] };
}

function safePlace({ safePlace: place, safePlaceText: words }: Instructions): contract.SafePlaceFinding | undefined {
  if (place === null) return undefined;
  const text = words === null || words.value === '' ? {} : { text: clipText(words.value, LIMITS.value) };
  return { ...basis(place.confidence, place.evidence), value: place.value, ...text };
}

/**
 * Whether someone will be at home in the planned window. True if an availability overlaps it; false only if the
 * customer is absent for all of it. Undefined otherwise.
 */
function presence(found: Instructions, text: string, planned: Interval): contract.FlagFinding | undefined {
  const overlapping = found.availability.filter(({ value }) => intersect([value], [planned]).length > 0);
  const shared = combineBasis(overlapping, text);
  if (shared !== undefined) return { ...shared, value: true };
  const absences = found.unavailable.filter(({ value }) => intersect([value], [planned]).length > 0);
  const remaining = subtract(
    [planned],
    absences.map(({ value }) => value),
  );
  const absent = remaining.length === 0 ? combineBasis(absences, text) : undefined;
  return absent && { ...absent, value: false };
}

function toWindow({ start, end }: Interval): TimeWindow {
  return { start: start.toISOString(), end: end.toISOString() };
}

/** Null and the empty text both mean that the value was not mentioned. */
function clipped(text: string | null, max: number): string | null {
  return text === null || text === '' ? null : clipText(text, max);
}
