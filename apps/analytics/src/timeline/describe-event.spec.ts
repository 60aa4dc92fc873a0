import {
  CallCompleted,
  CallRequested,
  CallWithheld,
  ConfirmationChanged,
  CustomerTextRequested,
  DeliveryAssigned,
  DeliveryCreated,
  InboxMessageAcknowledged,
  InstructionsExtracted,
  MessageStatusChanged,
  RecordingTranscribed,
  SmsRequested,
  WebhookSettled,
  type EventContract,
} from '#libs/contracts/index.js';
import { withNames } from './line.js';
import { describeEvent } from './describe-event.js';
import { describeDuration, describeWindow, maskPhone, quote } from './format.js';

function toLine<P extends object>(contract: EventContract<P>, payload: Partial<P>) {
  const { subject } = contract;
  const envelope = { id: 'e1', subject, organizationId: 'org_1', aggregateId: 'a', sequence: 1 };
  return describeEvent({ ...envelope, occurredAt: '2026-03-02T15:00:00Z', payload });
}

const toFinding = <V>(value: V) => ({ value, confidence: 1, source: 'analysis' as const });
const call = { deliveryId: 'dlv_1', attemptId: 'att_1' };
const window = { start: '2026-03-02T15:00:00Z', end: '2026-03-02T17:00:00Z' };

describe('the timeline of a delivery', () => {
  it('consists of readable sentences', () => {
    expect(toLine(DeliveryCreated, { deliveryId: 'dlv_1', reference: 'REF-1', window })?.text).toBe(
      'Delivery REF-1 accepted, planned for 2026-03-02 15:00–17:00 UTC',
    );
    expect(toLine(CallRequested, { ...call, phone: '+13125550123', attempt: 1 })?.text).toBe(
      'Call to +1••••••••23 requested, attempt 1',
    );
    expect(toLine(CallCompleted, { ...call, outcome: 'dropped', durationSeconds: 12 })?.text).toBe(
      'The call ended: hung up halfway after 12 s',
    );
    expect(toLine(CallCompleted, { ...call, outcome: 'hung_up_early', durationSeconds: 4 })?.text).toBe(
      'The call ended: the customer hung up during the first words after 4 s',
    );
    const detail = 'the customer hung up during the first words, and your organization does not call again';
    expect(toLine(CallWithheld, { deliveryId: 'dlv_1', rule: 'hung_up_early', detail })?.text).toBe(
      `No further call: ${detail}`,
    );
    expect(toLine(RecordingTranscribed, { ...call, text: 'leave it in the garage' })?.text).toBe(
      'The customer said: “leave it in the garage”',
    );
    expect(toLine(RecordingTranscribed, { ...call, text: 'the gate code is 4512' })?.text).toBe(
      'The customer said: “the gate code is ••••”',
    );
    expect(toLine(CustomerTextRequested, { deliveryId: 'dlv_1', reason: 'confirm_refusal' })?.text).toBe(
      'Text to the customer requested: it asks whether to send the parcel back',
    );
    const refusal = { messageId: 'SM1', decision: 'refused' } as const;
    expect(
      toLine(ConfirmationChanged, { deliveryId: 'dlv_1', confirmation: { ...refusal, state: 'unanswered' } })?.text,
    ).toBe('Not confirmed by the customer, a dispatcher decides: send the parcel back');
    const move = { messageId: 'SM1', decision: 'reschedule', state: 'confirmed', window } as const;
    expect(toLine(ConfirmationChanged, { deliveryId: 'dlv_1', confirmation: move })?.text).toBe(
      'The customer confirmed: deliver 2026-03-02 15:00–17:00 UTC',
    );
    expect(
      toLine(InstructionsExtracted, {
        ...call,
        instructions: { safePlace: toFinding('garage' as const), accessCode: toFinding('4512'), complexity: 2 },
      })?.text,
    ).toBe('Instructions extracted: leave at: garage; an access code');
    expect(
      toLine(WebhookSettled, { deliveryId: 'dlv_1', type: 'delivery.assigned', result: 'delivered', tries: 2 })?.text,
    ).toBe('The partner was notified: delivery.assigned, 2 tries');
  });

  it('replaces agent ids with names on reading', () => {
    const names = new Map([
      ['agt_1', 'Ana'],
      ['agt_2', 'Ben'],
    ]);
    const readText = (line: ReturnType<typeof toLine>, knownNames = names) =>
      withNames(line?.text ?? '', line?.agentIds ?? [], knownNames);
    const assignedLine = toLine(DeliveryAssigned, {
      deliveryId: 'dlv_1',
      agentId: 'agt_1',
      agentName: 'Ana',
      reason: {
        explanation: 'agt_1: 4 min away; next best agt_2, 3 min worse',
        cost: 1,
        runnerUpAgentId: 'agt_2',
      },
    });
    expect(readText(assignedLine)).toBe('Given to Ana: 4 min away; next best Ben, 3 min worse');
    const acknowledgedLine = toLine(InboxMessageAcknowledged, {
      deliveryId: 'dlv_1',
      agentId: 'agt_1',
      afterMs: 12_300,
      lastChannel: 'push',
    });
    expect(readText(acknowledgedLine)).toBe('Ana acknowledged after 12 s, reached by push');
    expect(readText(acknowledgedLine, new Map())).toBe('The agent acknowledged after 12 s, reached by push');
  });

  it('links the status of an SMS to the delivery by notification id', () => {
    const requestedLine = toLine(SmsRequested, {
      notificationId: 'msg_1.sms',
      to: '+13125550123',
      audience: 'agent',
      deliveryId: 'dlv_1',
    });
    expect(requestedLine).toMatchObject({ about: { deliveryId: 'dlv_1' }, notificationId: 'msg_1.sms' });
    expect(
      toLine(MessageStatusChanged, { notificationId: 'msg_1.sms', state: 'failed', reason: 'number not in service' }),
    ).toEqual({
      about: { notificationId: 'msg_1.sms' },
      text: 'The SMS failed: number not in service',
    });
  });

  it('never shows a complete phone number', () => {
    expect(maskPhone('+13125550123')).not.toContain('555');
    expect(maskPhone('+1312')).toBe('+1•12');
  });
});

describe('timeline formatting', () => {
  it('truncates long quotes', () => {
    expect(quote('x'.repeat(5000)).length).toBe(602);
  });

  it('shows windows that span midnight with both dates', () => {
    expect(describeWindow({ start: '2026-03-02T23:00:00Z', end: '2026-03-03T01:00:00Z' })).toBe(
      '2026-03-02 23:00 UTC – 2026-03-03 01:00 UTC',
    );
  });

  it('shows durations in a suitable unit', () => {
    expect([800, 12_300, 300_000].map(describeDuration)).toEqual(['800 ms', '12 s', '5 min']);
  });
});
