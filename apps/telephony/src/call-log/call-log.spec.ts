import fc from 'fast-check';
import type { CallEvent } from '#libs/domain/call-lifecycle/index.js';
import type { AggregateEvent } from '#libs/persistence/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { concludeBrokenOffCall } from '../conversation/conclude-broken-off-call.js';
import { playTurn } from '../testing/play-turn.js';
import {
  newCallLog,
  giveUp,
  isBrokenOff,
  observe,
  refuse,
  startDialing,
  undoDialing,
  type CallChange,
  type CallLog,
} from './call-log.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const SID = `CA${'0'.repeat(32)}`;

const accepted = (): CallLog => ({
  ...newCallLog(
    {
      attemptId: 'dlv_1.1',
      deliveryId: 'dlv_1',
      reference: 'ORDER-1',
      attempt: 1,
      customerId: 'cus_1',
      customerName: 'Ada Park',
      phone: '+13125550123',
      language: 'en',
      organizationName: 'Northwind',
      window: { start: '2026-03-03T18:00:00Z', end: '2026-03-03T20:00:00Z' },
      alternativeWindows: [],
      zone: 'America/Chicago',
      candidateZones: ['America/Chicago'],
      callsFromMinute: 480,
      callsUntilMinute: 1260,
      legalBasis: 'consent',
      attemptsForDelivery: 0,
      attemptsToday: 0,
      expiresAt: '2026-03-03T12:00:00Z',
    },
    NOW,
  ),
  organizationId: 'org_1',
  revision: 1,
  sequence: 0,
});

const status = (of: Extract<CallEvent, { kind: 'carrier_status' }>['status']): CallEvent => ({
  kind: 'carrier_status',
  carrierCallId: SID,
  status: of,
  occurredAt: NOW,
});

const kinds = (events: readonly AggregateEvent[]): string[] =>
  events.map(({ contract }) => contract.subject.split('.')[2] ?? '');

/**
 * Applies reports in this order. Returns the published events and the attempt afterwards; a broken-off call is
 * concluded at the end.
 */
function play(reports: readonly CallEvent[]): { callLog: CallLog; published: string[] } {
  let callLog = startDialing(accepted(), NOW);
  const published: string[] = [];
  const take = ({ callLog: next, events }: CallChange): void => {
    callLog = next;
    published.push(...kinds(events));
  };
  for (const report of reports) take(observe(callLog, report, NOW));
  if (isBrokenOff(callLog)) take(concludeBrokenOffCall(callLog, NOW));
  return { callLog, published };
}

describe('call log of one attempt', () => {
  it('publishes placed, answered and completed once each, for reports in any order and number', () => {
    const reports: CallEvent[] = [
      { kind: 'create_accepted', carrierCallId: SID },
      ...(['initiated', 'ringing', 'in_progress', 'completed'] as const).map(status),
    ];
    const inOrder = play(reports);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...reports, ...reports], { minLength: 2 * reports.length }),
        fc.constant(inOrder),
        (shuffled, expected) => {
          const { callLog, published } = play(shuffled);
          expect([...published].sort()).toEqual(['answered', 'completed', 'placed']);
          expect(callLog.call.outcome).toBe(expected.callLog.call.outcome);
          expect(callLog.call.facts.ending).toBe(expected.callLog.call.facts.ending);
        },
      ),
      { numRuns: propertyRuns(1_000) },
    );
  });

  it('reserves the called number from the dial intent until the carrier reports the end', () => {
    const dialing = startDialing(accepted(), NOW);
    expect(accepted().openNumber).toBeUndefined();
    expect(dialing.openNumber).toBe('+13125550123');
    const ringing = observe(dialing, status('ringing'), NOW).callLog;
    expect(ringing.openNumber).toBe('+13125550123');
    expect(observe(ringing, status('busy'), NOW).callLog.openNumber).toBeUndefined();
  });

  it('is reset after a create request that certainly had no effect', () => {
    const undone = undoDialing(startDialing(accepted(), NOW));
    expect(undone).toEqual({ ...accepted(), fruitlessTries: 1 });
  });

  it('publishes a refused create request as failed, with the carrier’s error code, once', () => {
    const closed = giveUp(startDialing(accepted(), NOW), 'failed', NOW, '21211');
    expect(closed.events[0]?.payload).toMatchObject({ outcome: 'failed', carrierErrorCode: '21211' });
    expect(giveUp(closed.callLog, 'failed', NOW).events).toHaveLength(0);
  });

  it('publishes a call that appears after the attempt was closed, but no second completion', () => {
    const closed = giveUp(startDialing(accepted(), NOW), 'no_answer', NOW).callLog;
    const late = observe(closed, status('completed'), NOW);
    expect(kinds(late.events)).toEqual(['placed', 'answered']);
    expect(late.callLog.openNumber).toBeUndefined();
  });

  it('stays refused once it is refused', () => {
    const refused = refuse(accepted(), { rule: 'quiet_hours', detail: 'it is 22:10' }, NOW);
    expect(kinds(refused.events)).toEqual(['refused']);
    expect(refuse(refused.callLog, { rule: 'expired', detail: '' }, NOW).events).toHaveLength(0);
  });

  it('completes once the conversation and the carrier’s call have ended, in either order', () => {
    const optOut = (callLog: CallLog): CallChange =>
      playTurn(
        playTurn(callLog, { step: 'start', input: { kind: 'call_answered', answeredBy: 'human' }, ...turn }).callLog,
        {
          step: '1',
          input: { kind: 'digits', digits: '9' },
          ...turn,
        },
      );
    const turn = { now: NOW, ownNumber: '+15005550006' };
    const talking = observe(startDialing(accepted(), NOW), status('in_progress'), NOW).callLog;
    const first = observe(optOut(talking).callLog, status('completed'), NOW);
    const last = optOut(observe(talking, status('completed'), NOW).callLog);
    for (const { events } of [first, last]) {
      const completed = events.find(({ contract }) => contract.subject.includes('completed'));
      expect(completed?.payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
    }
  });

  it('reports an early hang-up only for calls that we placed and whose end the carrier reported', () => {
    const turn = { now: NOW, ownNumber: '+15005550006' };
    const greeted = (callLog: CallLog): CallLog =>
      playTurn(observe(callLog, status('in_progress'), NOW).callLog, {
        ...{ step: 'start', input: { kind: 'call_answered', answeredBy: 'unknown' } },
        ...turn,
      }).callLog;
    const outcomeOf = (callLog: CallLog): unknown =>
      concludeBrokenOffCall(observe(callLog, status('completed'), NOW).callLog, NOW).callLog.call.outcome;
    const placed = startDialing(accepted(), NOW);
    expect(outcomeOf(greeted(placed))).toBe('hung_up_early');
    expect(outcomeOf(greeted({ ...placed, ringBackOf: 'dlv_1.1' }))).toBe('dropped');
    const language = playTurn(greeted(placed), {
      step: '1',
      input: { kind: 'speech', text: 'español', confidence: 1 },
      ...turn,
    });
    expect(outcomeOf(language.callLog)).toBe('dropped');
    const asked = observe(greeted(placed), { ...status('completed'), isAsked: true } as CallEvent, NOW).callLog;
    expect(concludeBrokenOffCall(asked, NOW).callLog.call.outcome).toBe('dropped');
  });
});
