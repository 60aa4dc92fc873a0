import fc from 'fast-check';
import { CALL_OUTCOMES, type Instructions } from '#libs/contracts/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { addFact, NO_FACTS, type ContactFact } from './contact-facts.js';
import { foldContactFacts } from './fold-contact-facts.js';

const DELIVERY = 'dlv_1';
const attemptId = fc.constantFrom(`${DELIVERY}.1`, `${DELIVERY}.2`, 'in.CA1');
const messageId = fc.constantFrom('SM1', 'SM2');
const place = fc.constantFrom('porch' as const, 'shed' as const, 'garage' as const);
const instructions = fc
  .record(
    {
      safePlace: fc.record({
        value: place,
        source: fc.constantFrom('keys' as const, 'speech' as const, 'analysis' as const),
        confidence: fc.constantFrom(0.4, 0.9, 1),
      }),
      present: fc.record({ value: fc.boolean(), source: fc.constant('keys' as const), confidence: fc.constant(1) }),
      complexity: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: ['complexity'] },
  )
  .map((found): Instructions => found);

/**
 * Contact facts as apps report them: the event at one position in its aggregate's sequence always has the same payload,
 * so the payload is a function of the position.
 */
const instructionsByEvent = fc.func(instructions);
const facts = instructionsByEvent.chain((toInstructions) =>
  fc.array(
    fc
      .oneof(
        fc.record({ kind: fc.constant('call_findings' as const), attemptId, sequence: fc.integer({ min: 1, max: 3 }) }),
        fc.record({ kind: fc.constant('call_ended' as const), attemptId }),
        fc.record({ kind: fc.constant('call_refused' as const), attemptId }),
        fc.record({
          kind: fc.constant('recording_stored' as const),
          attemptId,
          recordingId: fc.constantFrom('rec_1', 'rec_2'),
        }),
        fc.record({ kind: fc.constant('recording_unreadable' as const), attemptId }),
        fc.record({
          kind: fc.constant('words_understood' as const),
          attemptId,
          version: fc.integer({ min: 1, max: 3 }),
        }),
        fc.record({ kind: fc.constant('message_received' as const), messageId }),
        fc.record({ kind: fc.constant('message_understood' as const), messageId }),
      )
      .map((place): ContactFact => {
        const key = JSON.stringify(place);
        const found = toInstructions(key);
        const at = new Date(Date.UTC(2026, 2, 3, 16, key.length % 7)).toISOString();
        switch (place.kind) {
          case 'call_findings':
            return { ...place, instructions: found };
          case 'call_ended': {
            const outcome = CALL_OUTCOMES[key.length % CALL_OUTCOMES.length] ?? 'answered';
            return { ...place, sequence: 4, outcome, recordingExpected: true, at, instructions: found };
          }
          case 'call_refused':
            return { ...place, rule: 'outside_hours', detail: 'too late' };
          case 'words_understood':
            return { ...place, text: `${place.version}`, instructions: found, at };
          case 'message_received':
            return { ...place, receivedAt: at, text: '1', chosen: found };
          case 'message_understood':
            return { ...place, version: 1, text: 'there', instructions: found, at };
          default:
            return place;
        }
      }),
    { maxLength: 12 },
  ),
);

const fold = (reported: readonly ContactFact[]) => {
  const known = reported.reduce(addFact, NO_FACTS);
  const { unreadAttempts, ...summary } = foldContactFacts(known, DELIVERY);
  return { ...summary, unreadAttempts: unreadAttempts.toSorted() };
};

describe('contact facts', () => {
  it('have the same summary in any order and however often each is reported', () => {
    const shuffled = facts.chain((reported) =>
      fc.record({
        reported: fc.constant(reported),
        other: fc.shuffledSubarray([...reported, ...reported], { minLength: reported.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ reported, other }) => {
        expect(fold(other)).toEqual(fold(reported));
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it('are recognized when they are reported again', () => {
    fc.assert(
      fc.property(facts, (reported) => {
        const known = reported.reduce(addFact, NO_FACTS);
        for (const fact of reported) expect(addFact(known, fact)).toBe(known);
      }),
    );
  });

  it('use the analysis of words once the call is over, and drop the guesses it replaces', () => {
    const guessed = { safePlace: { value: 'porch', source: 'speech', confidence: 0.4 }, complexity: 1 } as const;
    const heard = { safePlace: { value: 'shed', source: 'analysis', confidence: 0.3 }, complexity: 1 } as const;
    const id = `${DELIVERY}.1`;
    const at = '2026-03-03T16:00:00.000Z';
    const open: ContactFact[] = [
      { kind: 'call_findings', attemptId: id, sequence: 1, instructions: guessed },
      { kind: 'words_understood', attemptId: id, version: 1, text: 'the shed', instructions: heard, at },
    ];
    expect(fold(open).instructions).toEqual(guessed);
    const over: ContactFact = {
      kind: 'call_ended',
      attemptId: id,
      sequence: 2,
      outcome: 'answered',
      recordingExpected: true,
      at,
    };
    expect(fold([...open, over]).instructions).toEqual(heard);
  });
});
