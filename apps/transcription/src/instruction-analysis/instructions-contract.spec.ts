import fc from 'fast-check';
import { Instructions as ContractInstructions, parseContract } from '#libs/contracts/index.js';
import {
  COMPLEXITY_FACTORS,
  HANDLINGS,
  HAZARDS,
  SAFE_PLACES,
  SENTIMENTS,
  type Complexity,
  type Evidence,
  type Found,
  type Instructions,
} from '#libs/domain/instructions/model/types.js';
import type { Interval } from '#libs/domain/time/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { toContract } from './instructions-contract.js';

const TEXT = 'we are out in the afternoon but home after six the gate code is four five two one beware of the dog';

const planned = at('12:00', '17:00');

const nothing: Instructions = {
  language: 'en',
  availability: [],
  unavailable: [],
  safePlace: null,
  safePlaceText: null,
  accessCode: null,
  recipient: null,
  reschedule: null,
  refused: null,
  optOut: null,
  callAhead: null,
  hazards: [],
  handling: [],
  complexity: 1,
  complexityFactors: [],
  needsHuman: null,
  sentiment: null,
  urgent: null,
};

function at(start: string, end: string): Interval {
  return { start: new Date(`2026-03-03T${start}:00Z`), end: new Date(`2026-03-03T${end}:00Z`) };
}

function found<T>(value: T, words: string, confidence = 0.9): Found<T> {
  const start = TEXT.indexOf(words);
  if (start < 0) throw new Error(`"${words}" is not in the text.`);
  return { value, confidence, evidence: { start, end: start + words.length, text: words } };
}

const map = (some: Partial<Instructions>): ContractInstructions => toContract({ ...nothing, ...some }, TEXT, planned);

describe('toContract', () => {
  it('omits fields that were not mentioned', () => {
    expect(map({})).toEqual({ complexity: 1 });
  });

  it('maps each finding with its evidence, its confidence and the source `analysis`', () => {
    expect(map({ accessCode: found('4521', 'four five two one', 0.8), complexity: 2 })).toEqual({
      accessCode: {
        value: '4521',
        confidence: 0.8,
        source: 'analysis',
        evidence: { start: TEXT.indexOf('four'), end: TEXT.indexOf('four') + 17, text: 'four five two one' },
      },
      complexity: 2,
    });
  });

  it('combines several windows into one finding with the lowest confidence and evidence that covers them all', () => {
    const { availability } = map({
      availability: [found(at('18:00', '21:00'), 'after six', 0.9), found(at('08:00', '12:00'), 'home', 0.6)],
    });
    expect(availability).toMatchObject({ confidence: 0.6, evidence: { text: 'home after six' } });
    expect(availability?.value).toHaveLength(2);
  });

  it('adds the customer’s words to the safe place', () => {
    const { safePlace } = map({
      safePlace: found('gate' as const, 'gate'),
      safePlaceText: found('the gate', 'the gate'),
    });
    expect(safePlace).toMatchObject({ value: 'gate', text: 'the gate' });
  });

  it('lists a hazard once, even if it is named twice', () => {
    expect(map({ hazards: [found('dog', 'beware of the dog'), found('dog', 'dog')] }).hazards?.value).toEqual(['dog']);
  });

  it('keeps a reschedule without a time', () => {
    expect(map({ reschedule: found({ to: null }, 'we are out') }).reschedule?.value).toEqual({ to: null });
  });

  describe('presence in the planned window', () => {
    it.each<[string, Partial<Instructions>, boolean | undefined]>([
      ['true if an availability overlaps it', { availability: [found(at('16:00', '20:00'), 'home')] }, true],
      [
        'undefined if an availability only touches it',
        { availability: [found(at('17:00', '20:00'), 'home')] },
        undefined,
      ],
      [
        'false if the customer is absent for all of it',
        { unavailable: [found(planned, 'out in the afternoon')] },
        false,
      ],
      [
        'undefined if the customer is absent for part of it',
        { unavailable: [found(at('13:00', '15:00'), 'out')] },
        undefined,
      ],
      [
        'undefined if no availability overlaps it and the customer is absent for part of it',
        { availability: [found(at('08:00', '09:00'), 'home')], unavailable: [found(at('13:00', '15:00'), 'out')] },
        undefined,
      ],
    ])('is %s', (_case, some, expected) => {
      expect(map(some).present?.value).toBe(expected);
    });
  });

  it('fits the contract for any findings of the analyst', () => {
    const span: fc.Arbitrary<Evidence> = fc
      .tuple(fc.nat(9000), fc.string({ unit: 'binary', maxLength: 4000, size: 'max' }))
      .map(([start, text]) => ({ start, end: start + text.length, text }));
    const finding = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T>> =>
      fc.record({ value, confidence: fc.double({ min: 0, max: 1, noNaN: true }), evidence: span });
    const interval = fc
      .tuple(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), fc.nat(1e8))
      .map(([start, length]) => ({ start, end: new Date(start.getTime() + length) }));
    const list = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T>[]> => fc.array(finding(value), { maxLength: 25 });
    const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T> | null> => fc.option(finding(value));
    const words = fc.string({ minLength: 1, maxLength: 700, size: 'max' });
    const all = fc.record({
      language: fc.constant('en' as const),
      availability: list(interval),
      unavailable: list(interval),
      safePlace: maybe(fc.constantFrom(...SAFE_PLACES)),
      safePlaceText: maybe(fc.string({ maxLength: 700, size: 'max' })),
      accessCode: maybe(words),
      recipient: maybe(fc.record({ name: fc.option(fc.string({ maxLength: 300 })), unit: fc.option(words) })),
      reschedule: maybe(fc.record({ to: fc.option(interval) })),
      refused: maybe(fc.constant(true as const)),
      optOut: maybe(fc.constant(true as const)),
      callAhead: maybe(fc.constant(true as const)),
      hazards: list(fc.constantFrom(...HAZARDS)),
      handling: list(fc.constantFrom(...HANDLINGS)),
      complexity: fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<Complexity>,
      complexityFactors: fc.subarray([...COMPLEXITY_FACTORS]),
      needsHuman: maybe(fc.constant(true as const)),
      sentiment: maybe(fc.constantFrom(...SENTIMENTS)),
      urgent: maybe(fc.constant(true as const)),
    });
    fc.assert(
      fc.property(all, fc.string({ maxLength: 12_000, size: 'max' }), (instructions, text) => {
        parseContract(ContractInstructions, toContract(instructions, text, planned), 'reject');
      }),
      { numRuns: propertyRuns(100) },
    );
  });
});
