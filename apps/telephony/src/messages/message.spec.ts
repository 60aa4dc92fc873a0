import fc from 'fast-check';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { SmsRecord, SmsStatus } from '#libs/ports/sms.js';
import { judgeUnknownMessage, report, requestedMessage, startSending, undoSending } from './message.js';

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

describe('the life of one text message', () => {
  it('ends the same, each state told once at most, in whatever order and number reports come', () => {
    const way: SmsStatus[] = ['accepted', 'sending', 'sent', 'delivered'];
    fc.assert(
      fc.property(fc.shuffledSubarray([...way, ...way], { minLength: 8 }), (statuses) => {
        let message = startSending(requested, NOW);
        const told: unknown[] = [];
        for (const status of statuses) {
          const change = report(message, { status, carrierMessageId: SID, segments: 1 }, NOW);
          message = change.message;
          told.push(...change.events.map(({ payload }) => (payload as { state: string }).state));
        }
        expect(message).toMatchObject({ state: 'delivered', carrierMessageId: SID });
        expect(new Set(told).size).toBe(told.length);
        expect(told.at(-1)).toBe('delivered');
      }),
    );
  });

  it('is as new after a request that certainly had no effect', () => {
    expect(undoSending(startSending(requested, NOW))).toEqual({ ...requested, fruitlessTries: 1 });
  });

  it('is found again by number and words, unless the record is another message’s', () => {
    expect(judgeUnknownMessage(requested, [record()], [], false)).toMatchObject({ kind: 'sent' });
    expect(judgeUnknownMessage(requested, [record()], [SID], true)).toEqual({ kind: 'not_sent' });
    expect(judgeUnknownMessage(requested, [record({ body: 'Other' })], [], true)).toEqual({ kind: 'not_sent' });
    expect(judgeUnknownMessage(requested, [], [], false)).toEqual({ kind: 'wait' });
  });
});
