import fc from 'fast-check';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { SmsRecord, SmsStatus } from '#libs/ports/sms.js';
import { judgeUnknownMessage, applyStatusReport, toRequestedMessage, startSending, undoSending } from './message.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const SID = `SM${'0'.repeat(32)}`;
const requestedMessage: MessageDocument = {
  ...toRequestedMessage({ notificationId: 'ntf_1', to: '+13125550123', body: 'Hello', audience: 'customer' }, NOW),
  organizationId: 'org_1',
  revision: 1,
  sequence: 0,
};
const createRecord = (changes: Partial<SmsRecord> = {}): SmsRecord => ({
  messageId: SID,
  to: '+13125550123',
  from: '+15005550006',
  body: 'Hello',
  segments: 1,
  status: 'sent',
  createdAt: NOW,
  ...changes,
});

describe('one text message', () => {
  it('reaches the same state and publishes each state at most once, for reports in any order and number', () => {
    const statusPath: SmsStatus[] = ['accepted', 'sending', 'sent', 'delivered'];
    fc.assert(
      fc.property(fc.shuffledSubarray([...statusPath, ...statusPath], { minLength: 8 }), (statuses) => {
        let message = startSending(requestedMessage, NOW);
        const publishedStates: unknown[] = [];
        for (const status of statuses) {
          const change = applyStatusReport(message, { status, carrierMessageId: SID, segments: 1 }, NOW);
          message = change.message;
          publishedStates.push(...change.events.map(({ payload }) => (payload as { state: string }).state));
        }
        expect(message).toMatchObject({ state: 'delivered', carrierMessageId: SID });
        expect(new Set(publishedStates).size).toBe(publishedStates.length);
        expect(publishedStates.at(-1)).toBe('delivered');
      }),
    );
  });

  it('is reset after a request that certainly sent no message', () => {
    expect(undoSending(startSending(requestedMessage, NOW))).toEqual({ ...requestedMessage, fruitlessTries: 1 });
  });

  it('is matched with the carrier’s record by number and text, unless the record belongs to another message', () => {
    expect(judgeUnknownMessage(requestedMessage, [createRecord()], [], false)).toMatchObject({ kind: 'sent' });
    expect(judgeUnknownMessage(requestedMessage, [createRecord()], [SID], true)).toEqual({ kind: 'not_sent' });
    expect(judgeUnknownMessage(requestedMessage, [createRecord({ body: 'Other' })], [], true)).toEqual({
      kind: 'not_sent',
    });
    expect(judgeUnknownMessage(requestedMessage, [], [], false)).toEqual({ kind: 'wait' });
  });
});
