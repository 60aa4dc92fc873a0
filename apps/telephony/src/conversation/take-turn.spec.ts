import { CallDecisionMade, CallTurnTaken } from '#libs/contracts/index.js';
import type { VoiceInput } from '#libs/domain/voice-flow/index.js';
import type { AggregateEvent } from '#libs/persistence/index.js';
import { newCallLog, type CallLog } from '../call-log/call-log.js';
import { playTurn, type PlayedTurn } from '../testing/play-turn.js';
import { BEEP_STEP, FIRST_STEP } from './take-turn.js';

const NOW = new Date('2026-03-02T15:00:00Z');

const callLog = {
  ...newCallLog(
    {
      attemptId: 'dlv_1.1',
      deliveryId: 'dlv_1',
      language: 'en',
      customerName: 'Ada Park',
      organizationName: 'Northwind',
      window: { start: '2026-03-03T18:00:00Z', end: '2026-03-03T20:00:00Z' },
      alternativeWindows: [],
      legalBasis: 'consent',
      zone: 'America/Chicago',
    } as unknown as Parameters<typeof newCallLog>[0],
    NOW,
  ),
  organizationId: 'org_1',
  revision: 1,
  sequence: 0,
} as CallLog;

const turn = (log: CallLog, step: string, input: VoiceInput): PlayedTurn =>
  playTurn(log, { step, input, now: NOW, ownNumber: '+15005550006' });
const answered: VoiceInput = { kind: 'call_answered', answeredBy: 'human' };
const press = (digits: string): VoiceInput => ({ kind: 'digits', digits });

const decisions = (events: readonly AggregateEvent[]): unknown[] =>
  events.filter(({ contract }) => contract === CallDecisionMade).map(({ payload }) => payload);

describe('one turn of a conversation', () => {
  it('starts with the greeting and names the next step', () => {
    const { document, events, callLog: after } = turn(callLog, FIRST_STEP, answered);
    expect(document).toMatch(/^1: .*greeting/);
    expect(decisions(events)).toEqual([]);
    expect(events.map(({ contract }) => contract)).toEqual([CallTurnTaken]);
    expect(after.conversation?.turns).toHaveLength(1);
  });

  it('answers a repeated step with the same document and makes no further decision', () => {
    const first = turn(callLog, FIRST_STEP, answered);
    const consent = turn(first.callLog, '1', press('1'));
    const presence = turn(consent.callLog, '2', press('2'));
    expect(decisions(presence.events)).toHaveLength(1);
    const repeated = turn(presence.callLog, '2', press('1'));
    expect(repeated).toMatchObject({ document: presence.document, changed: false, events: [] });
    expect(repeated.callLog).toBe(presence.callLog);
  });

  it('answers an outdated step with the latest document', () => {
    const first = turn(callLog, FIRST_STEP, answered);
    const beep = turn(first.callLog, BEEP_STEP, { kind: 'machine_beep' });
    const late = turn(beep.callLog, '1', { kind: 'silence' });
    expect(late).toMatchObject({ document: beep.document, changed: false });
  });

  it('starts recording only after consent', () => {
    const first = turn(callLog, FIRST_STEP, answered);
    expect(first.callLog.conversation?.recordingStarted).toBe(false);
    expect(turn(first.callLog, '1', press('2')).callLog.conversation?.recordingStarted).toBe(false);
    const yes = turn(first.callLog, '1', press('1'));
    expect(yes.callLog.conversation?.recordingStarted).toBe(true);
    expect(yes.document).toContain('startRecording');
  });

  it('ends the conversation on an opt-out and publishes it at once', () => {
    const first = turn(callLog, FIRST_STEP, answered);
    const out = turn(first.callLog, '1', press('9'));
    expect(out.optedOut).toBe(true);
    expect(decisions(out.events)[0]).toMatchObject({ instructions: { optOut: { value: true, source: 'keys' } } });
    expect(out.callLog.call.facts.ending).toBe('finished');
  });

  it.each([
    ['delivery_notice', 'ended'],
    ['consent', 'presence'],
  ] as const)('limits the duration of a call on the legal basis %s', (legalBasis, step) => {
    const answeredAt = new Date(NOW.getTime() - 50_000).toISOString();
    const facts = { ...callLog.call.facts, answeredAt };
    const late = { ...callLog, request: { ...callLog.request, legalBasis }, call: { ...callLog.call, facts } };
    const first = playTurn(late, {
      step: FIRST_STEP,
      input: answered,
      now: new Date(answeredAt),
      ownNumber: '+15005550006',
    });
    expect(turn(first.callLog, '1', press('2')).callLog.conversation?.flow.step).toBe(step);
  });

  it('leaves a message after the beep', () => {
    const first = turn(callLog, FIRST_STEP, answered);
    const beep = turn(first.callLog, BEEP_STEP, { kind: 'machine_beep' });
    expect(beep.callLog.call.facts.ending).toBe('message_left');
    expect(beep.document).toContain('hangup');
  });
});
