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
  .map((value): Instructions => value);

/** Functions from an event's identity to its instructions: an event that is reported again has the same payload. */
const instructionsByEvent = fc.func(instructions);
/** Contact facts as other apps report them, in any order. */
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
      .map((event): ContactFact => {
        const key = JSON.stringify(event);
        const eventInstructions = toInstructions(key);
        const at = new Date(Date.UTC(2026, 2, 3, 16, key.length % 7)).toISOString();
        switch (event.kind) {
          case 'call_findings':
            return { ...event, instructions: eventInstructions };
          case 'call_ended': {
            const outcome = CALL_OUTCOMES[key.length % CALL_OUTCOMES.length] ?? 'answered';
            return { ...event, sequence: 4, outcome, recordingExpected: true, at, instructions: eventInstructions };
          }
          case 'call_refused':
            return { ...event, rule: 'outside_hours', detail: 'too late' };
          case 'words_understood':
            return { ...event, text: `${event.version}`, instructions: eventInstructions, at };
          case 'message_received':
            return { ...event, receivedAt: at, text: '1', chosen: eventInstructions };
          case 'message_understood':
            return { ...event, version: 1, text: 'there', instructions: eventInstructions, at };
          default:
            return event;
        }
      }),
    { maxLength: 12 },
  ),
);

const fold = (reported: readonly ContactFact[]) => {
  const known = reported.reduce(addFact, NO_FACTS);
  const { attemptsInAnalysis, ...summary } = foldContactFacts(known, DELIVERY);
  return { ...summary, attemptsInAnalysis: attemptsInAnalysis.toSorted() };
};

describe('contact facts', () => {
  it('have the same summary in any order, and if they are reported repeatedly', () => {
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

  it('are summarized with the analysis of the words once the call is over, without the guesses that it replaces', () => {
    const guessed = { safePlace: { value: 'porch', source: 'speech', confidence: 0.4 }, complexity: 1 } as const;
    const analyzed = { safePlace: { value: 'shed', source: 'analysis', confidence: 0.3 }, complexity: 1 } as const;
    const id = `${DELIVERY}.1`;
    const at = '2026-03-03T16:00:00.000Z';
    const duringCall: ContactFact[] = [
      { kind: 'call_findings', attemptId: id, sequence: 1, instructions: guessed },
      { kind: 'words_understood', attemptId: id, version: 1, text: 'the shed', instructions: analyzed, at },
    ];
    expect(fold(duringCall).instructions).toEqual(guessed);
    const callEnd: ContactFact = {
      kind: 'call_ended',
      attemptId: id,
      sequence: 2,
      outcome: 'answered',
      recordingExpected: true,
      at,
    };
    expect(fold([...duringCall, callEnd]).instructions).toEqual(analyzed);
  });
});
