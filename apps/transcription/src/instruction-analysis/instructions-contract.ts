import { clipText } from '#libs/contracts/fields/index.js';
import type * as contract from '#libs/contracts/values/instructions.js';
import type { TimeWindow } from '#libs/contracts/values/time-window.js';
import type { Evidence, Found, Instructions } from '#libs/domain/instructions/model/types.js';
import { intersect, subtract, type Interval } from '#libs/domain/time/index.js';

/** Bounds of the contract. */
const MOST = { evidence: 2_000, value: 500, name: 200, unit: 50, windows: 20 } as const;

/** What all findings of the analysis share. */
type Basis = Pick<contract.Finding, 'confidence' | 'source' | 'evidence'>;

/**
 * The analyst's findings as the mesh speaks of them. What the words say nothing about stays absent.
 * @param text the transcript the evidence points into
 * @param planned the delivery's window, by which `present` is judged
 */
export function toContract(found: Instructions, text: string, planned: Interval): contract.Instructions {
  return {
    ...field('present', presence(found, text, planned)),
    ...field('availability', windows(found.availability, text)),
    ...field('unavailable', windows(found.unavailable, text)),
    ...field('safePlace', safePlace(found)),
    ...field(
      'accessCode',
      one(found.accessCode, (code) => clipText(code, MOST.value)),
    ),
    ...field(
      'recipient',
      one(found.recipient, ({ name, unit }) => ({ name: clipped(name, MOST.name), unit: clipped(unit, MOST.unit) })),
    ),
    ...field(
      'reschedule',
      one(found.reschedule, ({ to }) => ({ to: to === null ? null : toWindow(to) })),
    ),
    ...field('refused', one(found.refused, yes)),
    ...field('optOut', one(found.optOut, yes)),
    ...field('callAhead', one(found.callAhead, yes)),
    ...field('hazards', choices(found.hazards, text)),
    ...field('handling', choices(found.handling, text)),
    ...field('needsHuman', one(found.needsHuman, yes)),
    ...field(
      'sentiment',
      one(found.sentiment, (sentiment) => sentiment),
    ),
    ...field('urgent', one(found.urgent, yes)),
    complexity: found.complexity,
    ...(found.complexityFactors.length > 0 && { complexityFactors: [...found.complexityFactors] }),
  };
}

const yes = (): boolean => true;

function field<K extends keyof contract.Instructions>(
  name: K,
  finding: contract.Instructions[K] | undefined,
): Pick<contract.Instructions, K> | object {
  return finding === undefined ? {} : { [name]: finding };
}

function basis(confidence: number, evidence: Evidence): Basis {
  const { start, end, text } = evidence;
  return { confidence, source: 'analysis', evidence: { start, end, text: clipText(text, MOST.evidence) } };
}

function one<T, V>(found: Found<T> | null, value: (found: T) => V): (Basis & { value: V }) | undefined {
  return found === null ? undefined : { ...basis(found.confidence, found.evidence), value: value(found.value) };
}

/**
 * Several findings told as one: as sure as the least sure of them, resting on the span that covers them all, or on the
 * first one's words where that would be half a speech.
 */
function together(found: readonly Found<unknown>[], text: string): Basis | undefined {
  const [first] = found;
  if (first === undefined) return undefined;
  const start = Math.min(...found.map(({ evidence }) => evidence.start));
  const end = Math.max(...found.map(({ evidence }) => evidence.end));
  const covering = end - start <= MOST.evidence ? { start, end, text: text.slice(start, end) } : first.evidence;
  return basis(Math.min(...found.map(({ confidence }) => confidence)), covering);
}

function windows(found: readonly Found<Interval>[], text: string): contract.WindowsFinding | undefined {
  const some = found.slice(0, MOST.windows);
  const shared = together(some, text);
  return shared && { ...shared, value: some.map(({ value }) => toWindow(value)) };
}

function choices<T extends string>(found: readonly Found<T>[], text: string): (Basis & { value: T[] }) | undefined {
  const shared = together(found, text);
  return shared && { ...shared, value: [...new Set(found.map(({ value }) => value))] };
}

function safePlace({ safePlace: place, safePlaceText: words }: Instructions): contract.SafePlaceFinding | undefined {
  if (place === null) return undefined;
  const text = words === null || words.value === '' ? {} : { text: clipText(words.value, MOST.value) };
  return { ...basis(place.confidence, place.evidence), value: place.value, ...text };
}

/**
 * Whether somebody will be there in the planned window. Yes where an availability meets it; no only where the customer
 * said that nobody is there for the whole of it. Anything between is not judged.
 */
function presence(found: Instructions, text: string, planned: Interval): contract.FlagFinding | undefined {
  const meeting = found.availability.filter(({ value }) => intersect([value], [planned]).length > 0);
  const shared = together(meeting, text);
  if (shared !== undefined) return { ...shared, value: true };
  const away = found.unavailable.filter(({ value }) => intersect([value], [planned]).length > 0);
  const left = subtract(
    [planned],
    away.map(({ value }) => value),
  );
  const absent = left.length === 0 ? together(away, text) : undefined;
  return absent && { ...absent, value: false };
}

function toWindow({ start, end }: Interval): TimeWindow {
  return { start: start.toISOString(), end: end.toISOString() };
}

/** Null and the empty text both say "not told". */
function clipped(text: string | null, max: number): string | null {
  return text === null || text === '' ? null : clipText(text, max);
}
