import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import fc from 'fast-check';
import type { CallEvent } from '#libs/domain/call-lifecycle/index.js';
import type { AggregateEvent } from '#libs/persistence/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { concludeBrokenOffCall } from '../conversation/conclude-broken-off-call.js';
import { playTurn } from '../testing/play-turn.js';
import {
  newCallLog,
  closeWithoutReport,
  isBrokenOff,
  applyReport,
  refuse,
  startDialing,
  undoDialing,
  type CallChange,
  type CallLog,
} from './call-log.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const SID = `CA${'0'.repeat(32)}`;

const createCallLog = (): CallLog => ({
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

const createStatusReport = (status: Extract<CallEvent, { kind: 'carrier_status' }>['status']): CallEvent => ({
  kind: 'carrier_status',
  carrierCallId: SID,
  status,
  occurredAt: NOW,
});

const toEventKinds = (events: readonly AggregateEvent[]): string[] =>
  events.map(({ contract }) => contract.subject.split('.')[2] ?? '');

/**
 * Applies reports in this order, then concludes a call that broke off. Returns the published events and the attempt.
 */
function playReports(reports: readonly CallEvent[]): { callLog: CallLog; published: string[] } {
  let callLog = startDialing(createCallLog(), NOW);
  const published: string[] = [];
  const applyChange = (change: CallChange): void => {
    callLog = change.callLog;
    published.push(...toEventKinds(change.events));
  };
  for (const report of reports) applyChange(applyReport(callLog, report, NOW));
  if (isBrokenOff(callLog)) applyChange(concludeBrokenOffCall(callLog, NOW, loadReaderModel));
  return { callLog, published };
}

describe('call log of one attempt', () => {
  it('publishes placed, answered and completed once each, for reports in any order and number', () => {
    const reports: CallEvent[] = [
      { kind: 'create_accepted', carrierCallId: SID },
      ...(['initiated', 'ringing', 'in_progress', 'completed'] as const).map(createStatusReport),
    ];
    const resultInOrder = playReports(reports);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...reports, ...reports], { minLength: 2 * reports.length }),
        fc.constant(resultInOrder),
        (shuffled, expected) => {
          const { callLog, published } = playReports(shuffled);
          expect([...published].sort()).toEqual(['answered', 'completed', 'placed']);
          expect(callLog.call.outcome).toBe(expected.callLog.call.outcome);
          expect(callLog.call.facts.ending).toBe(expected.callLog.call.facts.ending);
        },
      ),
      { numRuns: propertyRuns(1_000) },
    );
  });

  it('reserves the called number from the dial intent until the carrier reports the end', () => {
    const dialing = startDialing(createCallLog(), NOW);
    expect(createCallLog().openNumber).toBeUndefined();
    expect(dialing.openNumber).toBe('+13125550123');
    const ringing = applyReport(dialing, createStatusReport('ringing'), NOW).callLog;
    expect(ringing.openNumber).toBe('+13125550123');
    expect(applyReport(ringing, createStatusReport('busy'), NOW).callLog.openNumber).toBeUndefined();
  });

  it('is reset after a create request with which the carrier certainly created no call', () => {
    const resetCallLog = undoDialing(startDialing(createCallLog(), NOW));
    expect(resetCallLog).toEqual({ ...createCallLog(), fruitlessTries: 1 });
  });

  it('publishes a refused create request as failed, with the carrier’s error code, once', () => {
    const closed = closeWithoutReport(startDialing(createCallLog(), NOW), 'failed', NOW, '21211');
    expect(closed.events[0]?.payload).toMatchObject({ outcome: 'failed', carrierErrorCode: '21211' });
    expect(closeWithoutReport(closed.callLog, 'failed', NOW).events).toHaveLength(0);
  });

  it('publishes a call that appears after the attempt was closed, but no second completion', () => {
    const closed = closeWithoutReport(startDialing(createCallLog(), NOW), 'no_answer', NOW).callLog;
    const lateChange = applyReport(closed, createStatusReport('completed'), NOW);
    expect(toEventKinds(lateChange.events)).toEqual(['placed', 'answered']);
    expect(lateChange.callLog.openNumber).toBeUndefined();
  });

  it('stays refused once it is refused', () => {
    const refusal = refuse(createCallLog(), { rule: 'quiet_hours', detail: 'it is 22:10' }, NOW);
    expect(toEventKinds(refusal.events)).toEqual(['refused']);
    expect(refuse(refusal.callLog, { rule: 'expired', detail: '' }, NOW).events).toHaveLength(0);
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
    const answeredCallLog = applyReport(
      startDialing(createCallLog(), NOW),
      createStatusReport('in_progress'),
      NOW,
    ).callLog;
    const conversationEndedFirst = applyReport(optOut(answeredCallLog).callLog, createStatusReport('completed'), NOW);
    const callEndedFirst = optOut(applyReport(answeredCallLog, createStatusReport('completed'), NOW).callLog);
    for (const { events } of [conversationEndedFirst, callEndedFirst]) {
      const completed = events.find(({ contract }) => contract.subject.includes('completed'));
      expect(completed?.payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
    }
  });

  it('reports an early hang-up only for calls that DelAuto placed and whose end the carrier reported', () => {
    const turn = { now: NOW, ownNumber: '+15005550006' };
    const withGreeting = (callLog: CallLog): CallLog =>
      playTurn(applyReport(callLog, createStatusReport('in_progress'), NOW).callLog, {
        step: 'start',
        input: { kind: 'call_answered', answeredBy: 'unknown' },
        ...turn,
      }).callLog;
    const endAndGetOutcome = (callLog: CallLog): unknown =>
      concludeBrokenOffCall(applyReport(callLog, createStatusReport('completed'), NOW).callLog, NOW, loadReaderModel)
        .callLog.call.outcome;
    const dialingCallLog = startDialing(createCallLog(), NOW);
    expect(endAndGetOutcome(withGreeting(dialingCallLog))).toBe('hung_up_early');
    expect(endAndGetOutcome(withGreeting({ ...dialingCallLog, ringBackOf: 'dlv_1.1' }))).toBe('dropped');
    const afterLanguageChoice = playTurn(withGreeting(dialingCallLog), {
      step: '1',
      input: { kind: 'speech', text: 'español', confidence: 1 },
      ...turn,
    });
    expect(endAndGetOutcome(afterLanguageChoice.callLog)).toBe('dropped');
    const polledCallLog = applyReport(
      withGreeting(dialingCallLog),
      { ...createStatusReport('completed'), isAsked: true } as CallEvent,
      NOW,
    ).callLog;
    expect(concludeBrokenOffCall(polledCallLog, NOW, loadReaderModel).callLog.call.outcome).toBe('dropped');
  });
});
