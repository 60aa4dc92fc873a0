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

const takeStep = (log: CallLog, step: string, input: VoiceInput): PlayedTurn =>
  playTurn(log, { step, input, now: NOW, ownNumber: '+15005550006' });
const humanAnswer: VoiceInput = { kind: 'call_answered', answeredBy: 'human' };
const press = (digits: string): VoiceInput => ({ kind: 'digits', digits });

const listDecisions = (events: readonly AggregateEvent[]): unknown[] =>
  events.filter(({ contract }) => contract === CallDecisionMade).map(({ payload }) => payload);

describe('one turn of a conversation', () => {
  it('starts with the greeting and names the next step', () => {
    const { document, events, callLog: after } = takeStep(callLog, FIRST_STEP, humanAnswer);
    expect(document).toMatch(/^1: .*greeting/);
    expect(listDecisions(events)).toEqual([]);
    expect(events.map(({ contract }) => contract)).toEqual([CallTurnTaken]);
    expect(after.conversation?.turns).toHaveLength(1);
  });

  it('returns the same document for a repeated step and makes no further decision', () => {
    const greeting = takeStep(callLog, FIRST_STEP, humanAnswer);
    const consent = takeStep(greeting.callLog, '1', press('1'));
    const presence = takeStep(consent.callLog, '2', press('2'));
    expect(listDecisions(presence.events)).toHaveLength(1);
    const repeated = takeStep(presence.callLog, '2', press('1'));
    expect(repeated).toMatchObject({ document: presence.document, changed: false, events: [] });
    expect(repeated.callLog).toBe(presence.callLog);
  });

  it('returns the latest document for an outdated step', () => {
    const greeting = takeStep(callLog, FIRST_STEP, humanAnswer);
    const beep = takeStep(greeting.callLog, BEEP_STEP, { kind: 'machine_beep' });
    const outdatedTurn = takeStep(beep.callLog, '1', { kind: 'silence' });
    expect(outdatedTurn).toMatchObject({ document: beep.document, changed: false });
  });

  it('starts recording only after consent', () => {
    const greeting = takeStep(callLog, FIRST_STEP, humanAnswer);
    expect(greeting.callLog.conversation?.recordingStarted).toBe(false);
    expect(takeStep(greeting.callLog, '1', press('2')).callLog.conversation?.recordingStarted).toBe(false);
    const consent = takeStep(greeting.callLog, '1', press('1'));
    expect(consent.callLog.conversation?.recordingStarted).toBe(true);
    expect(consent.document).toContain('startRecording');
  });

  it('ends the conversation on an opt-out and publishes it at once', () => {
    const greeting = takeStep(callLog, FIRST_STEP, humanAnswer);
    const optOut = takeStep(greeting.callLog, '1', press('9'));
    expect(optOut.hasOptedOut).toBe(true);
    expect(listDecisions(optOut.events)[0]).toMatchObject({
      instructions: { optOut: { value: true, source: 'keys' } },
    });
    expect(optOut.callLog.call.facts.ending).toBe('finished');
  });

  it.each([
    ['delivery_notice', 'ended'],
    ['consent', 'presence'],
  ] as const)('limits the duration of a call on the legal basis %s', (legalBasis, step) => {
    const answeredAt = new Date(NOW.getTime() - 50_000).toISOString();
    const facts = { ...callLog.call.facts, answeredAt };
    const longCall = { ...callLog, request: { ...callLog.request, legalBasis }, call: { ...callLog.call, facts } };
    const greeting = playTurn(longCall, {
      step: FIRST_STEP,
      input: humanAnswer,
      now: new Date(answeredAt),
      ownNumber: '+15005550006',
    });
    expect(takeStep(greeting.callLog, '1', press('2')).callLog.conversation?.flow.step).toBe(step);
  });

  it('leaves a message after the beep', () => {
    const greeting = takeStep(callLog, FIRST_STEP, humanAnswer);
    const beep = takeStep(greeting.callLog, BEEP_STEP, { kind: 'machine_beep' });
    expect(beep.callLog.call.facts.ending).toBe('message_left');
    expect(beep.document).toContain('hangup');
  });
});
