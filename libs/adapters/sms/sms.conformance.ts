import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SmsSender } from '#libs/ports/sms.js';

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
    let under: SmsSenderUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    const send = (to: string, body: string) => {
      const { from, statusCallbackUrl } = under;
      return under.sender.send({ to, from, body, statusCallbackUrl, clientReference: 'message-1' });
    };

    it('lists a message it sent', async () => {
      const since = new Date();
      const sent = await send(under.to, 'Your parcel comes today.');
      expect(sent.segments).toBe(1);
      const deadline = Date.now() + under.timeoutMs;
      for (;;) {
        const messages = await under.sender.list({ to: under.to, since });
        const listed = messages.find(({ messageId }) => messageId === sent.messageId);
        if (listed !== undefined) {
          expect(listed).toMatchObject({ to: under.to, from: under.from, body: 'Your parcel comes today.' });
          return;
        }
        if (Date.now() > deadline) throw new Error(`not listed within ${under.timeoutMs} ms`);
        await pause(100);
      }
    });

    it('lists no message from before the requested time', async () => {
      await send(under.to, 'Your parcel comes today.');
      const since = new Date(Date.now() + 3_600_000);
      expect(await under.sender.list({ to: under.to, since })).toEqual([]);
    });

    it('counts the segments of a long message', async () => {
      expect((await send(under.to, 'a'.repeat(200))).segments).toBe(2);
      expect((await send(under.to, '…'.repeat(80))).segments).toBe(2);
    });

    it('rejects an invalid number, without effect', async () => {
      await expect(send('+1999', 'x')).rejects.toMatchObject({ code: 'invalid_input', effect: 'none' });
    });
  });
}
