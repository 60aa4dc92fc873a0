import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SmsSender } from '#libs/ports/sms.js';

/** An SMS sender, with numbers of known behavior. */
export interface SmsSenderUnderTest {
  readonly sender: SmsSender;
  readonly from: string;
  /** A number that accepts messages. */
  readonly to: string;
  readonly statusCallbackUrl: string;
  /** Maximum time until a message is listed. */
  readonly timeoutMs: number;
  readonly stop: () => Promise<void>;
}

/** Requirements for every SMS sender. */
export function smsConformance(name: string, start: () => Promise<SmsSenderUnderTest>): void {
  describe(`sms: ${name}`, () => {
    let underTest: SmsSenderUnderTest;
    beforeAll(async () => {
      underTest = await start();
    });
    afterAll(() => underTest.stop());

    const send = (to: string, body: string) => {
      const { from, statusCallbackUrl } = underTest;
      return underTest.sender.send({ to, from, body, statusCallbackUrl, clientReference: 'message-1' });
    };

    it('lists a message it sent', async () => {
      const since = new Date();
      const sentMessage = await send(underTest.to, 'Your parcel comes today.');
      expect(sentMessage.segments).toBe(1);
      const deadline = Date.now() + underTest.timeoutMs;
      for (;;) {
        const messages = await underTest.sender.list({ to: underTest.to, since });
        const listedMessage = messages.find(({ messageId }) => messageId === sentMessage.messageId);
        if (listedMessage !== undefined) {
          expect(listedMessage).toMatchObject({
            to: underTest.to,
            from: underTest.from,
            body: 'Your parcel comes today.',
          });
          return;
        }
        if (Date.now() > deadline) throw new Error(`not listed within ${underTest.timeoutMs} ms`);
        await pause(100);
      }
    });

    it('does not list messages from before the requested time', async () => {
      await send(underTest.to, 'Your parcel comes today.');
      const since = new Date(Date.now() + 3_600_000);
      expect(await underTest.sender.list({ to: underTest.to, since })).toEqual([]);
    });

    it('counts the segments of a long message', async () => {
      expect((await send(underTest.to, 'a'.repeat(200))).segments).toBe(2);
      expect((await send(underTest.to, '…'.repeat(80))).segments).toBe(2);
    });

    it('rejects an invalid number, without effect', async () => {
      await expect(send('+1999', 'x')).rejects.toMatchObject({ code: 'invalid_input', effect: 'none' });
    });
  });
}
