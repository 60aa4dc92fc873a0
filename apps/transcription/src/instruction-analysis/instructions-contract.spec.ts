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

const planned = toInterval('12:00', '17:00');

const noInstructions: Instructions = {
  language: 'en',
  availability: [],
  unavailable: [],
  safePlace: null,
  safePlaceText: null,
  excludedPlaces: [],
  accessCode: null,
  recipient: null,
  people: [],
  conditions: [],
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
  unclear: [],
};

function toInterval(start: string, end: string): Interval {
  return { start: new Date(`2026-03-03T${start}:00Z`), end: new Date(`2026-03-03T${end}:00Z`) };
}

function createFound<T>(value: T, words: string, confidence = 0.9): Found<T> {
  const start = TEXT.indexOf(words);
  if (start < 0) throw new Error(`"${words}" is not in the text.`);
  return { value, confidence, evidence: { start, end: start + words.length, text: words } };
}

const toContractInstructions = (findings: Partial<Instructions>): ContractInstructions =>
  toContract({ ...noInstructions, ...findings }, TEXT, planned);

describe('toContract', () => {
  it('omits fields that were not mentioned', () => {
    expect(toContractInstructions({})).toEqual({ complexity: 1 });
  });

  it('maps each finding with its evidence, its confidence and the source `analysis`', () => {
    expect(
      toContractInstructions({ accessCode: createFound('4521', 'four five two one', 0.8), complexity: 2 }),
    ).toEqual({
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
    const { availability } = toContractInstructions({
      availability: [
        createFound(toInterval('18:00', '21:00'), 'after six', 0.9),
        createFound(toInterval('08:00', '12:00'), 'home', 0.6),
      ],
    });
    expect(availability).toMatchObject({ confidence: 0.6, evidence: { text: 'home after six' } });
    expect(availability?.value).toHaveLength(2);
  });

  it('adds the customer’s words to the safe place', () => {
    const { safePlace } = toContractInstructions({
      safePlace: createFound('gate' as const, 'gate'),
      safePlaceText: createFound('the gate', 'the gate'),
    });
    expect(safePlace).toMatchObject({ value: 'gate', text: 'the gate' });
  });

  it('lists a hazard once, even if it is named twice', () => {
    expect(
      toContractInstructions({ hazards: [createFound('dog', 'beware of the dog'), createFound('dog', 'dog')] }).hazards
        ?.value,
    ).toEqual(['dog']);
  });

  it('keeps a reschedule without a time', () => {
    expect(toContractInstructions({ reschedule: createFound({ to: null }, 'we are out') }).reschedule?.value).toEqual({
      to: null,
    });
  });

  describe('presence in the planned window', () => {
    it.each<[string, Partial<Instructions>, boolean | undefined]>([
      [
        'true if an availability overlaps it',
        { availability: [createFound(toInterval('16:00', '20:00'), 'home')] },
        true,
      ],
      [
        'undefined if an availability only touches it',
        { availability: [createFound(toInterval('17:00', '20:00'), 'home')] },
        undefined,
      ],
      [
        'false if the customer is absent for all of it',
        { unavailable: [createFound(planned, 'out in the afternoon')] },
        false,
      ],
      [
        'undefined if the customer is absent for part of it',
        { unavailable: [createFound(toInterval('13:00', '15:00'), 'out')] },
        undefined,
      ],
      [
        'undefined if no availability overlaps it and the customer is absent for part of it',
        {
          availability: [createFound(toInterval('08:00', '09:00'), 'home')],
          unavailable: [createFound(toInterval('13:00', '15:00'), 'out')],
        },
        undefined,
      ],
    ])('is %s', (_case, findings, expected) => {
      expect(toContractInstructions(findings).present?.value).toBe(expected);
    });
  });

  it('returns valid contract instructions for any findings of the analyst', () => {
    const anyEvidence: fc.Arbitrary<Evidence> = fc
      .tuple(fc.nat(9000), fc.string({ unit: 'binary', maxLength: 4000, size: 'max' }))
      .map(([start, text]) => ({ start, end: start + text.length, text }));
    const anyFinding = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T>> =>
      fc.record({ value, confidence: fc.double({ min: 0, max: 1, noNaN: true }), evidence: anyEvidence });
    const anyInterval = fc
      .tuple(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), fc.nat(1e8))
      .map(([start, length]) => ({ start, end: new Date(start.getTime() + length) }));
    const anyFindings = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T>[]> =>
      fc.array(anyFinding(value), { maxLength: 25 });
    const findingOrNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T> | null> => fc.option(anyFinding(value));
    const anyWords = fc.string({ minLength: 1, maxLength: 700, size: 'max' });
    const anyInstructions = fc.record({
      language: fc.constant('en' as const),
      availability: anyFindings(anyInterval),
      unavailable: anyFindings(anyInterval),
      safePlace: findingOrNull(fc.constantFrom(...SAFE_PLACES)),
      safePlaceText: findingOrNull(fc.string({ maxLength: 700, size: 'max' })),
      accessCode: findingOrNull(anyWords),
      recipient: findingOrNull(
        fc.record({ name: fc.option(fc.string({ maxLength: 300 })), unit: fc.option(anyWords) }),
      ),
      excludedPlaces: anyFindings(fc.constantFrom(...SAFE_PLACES)),
      people: anyFindings(
        fc.record({ who: anyWords, name: fc.option(anyWords), unit: fc.option(anyWords), mayReceive: fc.boolean() }),
      ),
      conditions: anyFindings(anyWords),
      unclear: fc.array(
        fc.record({
          about: fc.constantFrom('availability' as const, 'safePlace' as const, 'words' as const),
          evidence: anyEvidence,
        }),
        { maxLength: 30 },
      ),
      reschedule: findingOrNull(fc.record({ to: fc.option(anyInterval) })),
      refused: findingOrNull(fc.constant(true as const)),
      optOut: findingOrNull(fc.constant(true as const)),
      callAhead: findingOrNull(fc.constant(true as const)),
      hazards: anyFindings(fc.constantFrom(...HAZARDS)),
      handling: anyFindings(fc.constantFrom(...HANDLINGS)),
      complexity: fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<Complexity>,
      complexityFactors: fc.subarray([...COMPLEXITY_FACTORS]),
      needsHuman: findingOrNull(fc.constant(true as const)),
      sentiment: findingOrNull(fc.constantFrom(...SENTIMENTS)),
      urgent: findingOrNull(fc.constant(true as const)),
    });
    fc.assert(
      fc.property(anyInstructions, fc.string({ maxLength: 12_000, size: 'max' }), (instructions, text) => {
        parseContract(ContractInstructions, toContract(instructions, text, planned), 'reject');
      }),
      { numRuns: propertyRuns(100) },
    );
  });
});
