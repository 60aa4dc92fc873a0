import fc from 'fast-check';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { SmsRecord, SmsStatus } from '#libs/ports/sms.js';
import { judgeUnknownMessage, applyStatusReport, requestedMessage, startSending, undoSending } from './message.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const SID = `SM${'0'.repeat(32)}`;
const requested: MessageDocument = {
  ...requestedMessage({ notificationId: 'ntf_1', to: '+13125550123', body: 'Hello', audience: 'customer' }, NOW),
  organizationId: 'org_1',
  revision: 1,
  sequence: 0,
};
const record = (changes: Partial<SmsRecord> = {}): SmsRecord => ({
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
    const path: SmsStatus[] = ['accepted', 'sending', 'sent', 'delivered'];
    fc.assert(
      fc.property(fc.shuffledSubarray([...path, ...path], { minLength: 8 }), (statuses) => {
        let message = startSending(requested, NOW);
        const published: unknown[] = [];
        for (const status of statuses) {
          const change = applyStatusReport(message, { status, carrierMessageId: SID, segments: 1 }, NOW);
          message = change.message;
          published.push(...change.events.map(({ payload }) => (payload as { state: string }).state));
        }
        expect(message).toMatchObject({ state: 'delivered', carrierMessageId: SID });
        expect(new Set(published).size).toBe(published.length);
        expect(published.at(-1)).toBe('delivered');
      }),
    );
  });

  it('is reset after a request that certainly had no effect', () => {
    expect(undoSending(startSending(requested, NOW))).toEqual({ ...requested, fruitlessTries: 1 });
  });

  it('is matched with the carrier’s record by number and text, unless the record belongs to another message', () => {
    expect(judgeUnknownMessage(requested, [record()], [], false)).toMatchObject({ kind: 'sent' });
    expect(judgeUnknownMessage(requested, [record()], [SID], true)).toEqual({ kind: 'not_sent' });
    expect(judgeUnknownMessage(requested, [record({ body: 'Other' })], [], true)).toEqual({ kind: 'not_sent' });
    expect(judgeUnknownMessage(requested, [], [], false)).toEqual({ kind: 'wait' });
  });
});
