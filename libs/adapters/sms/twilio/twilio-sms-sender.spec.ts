import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { connectionLossConformance } from '../../connection-loss.conformance.js';
import type { ScriptedServer } from '../../scripted-server.conformance.js';
import { startScriptedServer } from '../../scripted-server.conformance.js';
import { TwilioSmsSender } from './twilio-sms-sender.js';

const accountSid = `AC${'a'.repeat(32)}`;
const toSid = (digit: number) => `SM${String(digit).repeat(32)}`;
const message = {
  to: '+14155550101',
  from: '+14155550100',
  body: 'Your parcel comes today.',
  statusCallbackUrl: 'https://voice.example/sms-status',
  clientReference: 'm/1',
};
const toMessageJson = (fields: object) => ({
  sid: toSid(1),
  to: message.to,
  from: message.from,
  body: message.body,
  status: 'queued',
  direction: 'outbound-api',
  num_segments: '2',
  date_created: 'Tue, 31 Aug 2027 20:36:28 +0000',
  ...fields,
});

describe('Twilio SMS sender', () => {
  let server: ScriptedServer;
  let sender: TwilioSmsSender;

  beforeEach(async () => {
    server = await startScriptedServer();
    sender = new TwilioSmsSender({ accountSid, authToken: 'secret', apiBaseUrl: server.url, timeoutMs: 2_000 });
  });
  afterEach(() => server.stop());

  it('sends a message with the client reference in the status callback', async () => {
    server.setJsonResponse(201, toMessageJson({}));
    expect(await sender.send(message)).toEqual({ messageId: toSid(1), segments: 2, status: 'accepted' });
    expect(Object.fromEntries(server.requests[0]?.form ?? [])).toEqual({
      To: message.to,
      From: message.from,
      Body: message.body,
      StatusCallback: 'https://voice.example/sms-status?ref=m%2F1#ct=2000&rt=5000&rc=5&rp=ct,rt,5xx',
    });
  });

  it.each([
    ['a landline', 400, 21614, 'invalid_input', 'none'],
    ['a customer who opted out', 400, 21610, 'rejected', 'none'],
    ['an internal error', 500, 20500, 'unavailable', 'unknown'],
  ])('maps the error for %s', async (_case, status, code, expected, effect) => {
    server.setJsonResponse(status, { code, message: 'why' });
    await expect(sender.send(message)).rejects.toMatchObject({ code: expected, effect, vendorCode: String(code) });
    expect(server.requests).toHaveLength(1);
  });

  it('reports an unknown effect if the response is missing or invalid', async () => {
    server.setResponse(() => undefined);
    await expect(sender.send(message)).rejects.toMatchObject({ code: 'timeout', effect: 'unknown' });
    server.setJsonResponse(201, {});
    await expect(sender.send(message)).rejects.toMatchObject({ code: 'unavailable', effect: 'unknown' });
  });

  it('lists messages sent since a time, newest first', async () => {
    const sentAt = (second: number) => ({
      sid: toSid(second),
      date_created: `Tue, 31 Aug 2027 20:36:0${second} +0000`,
    });
    const messages = [sentAt(1), sentAt(2), { ...sentAt(4), direction: 'inbound', status: 'received' }, sentAt(3)].map(
      toMessageJson,
    );
    server.setJsonResponse(200, { messages, next_page_uri: null });
    const listed = await sender.list({ to: message.to, since: new Date('2027-08-31T20:36:02.500Z') });
    expect(listed.map(({ messageId }) => messageId)).toEqual([toSid(3), toSid(2)]);
    expect(listed[0]).toMatchObject({ body: message.body, createdAt: new Date('2027-08-31T20:36:03Z') });
  });
});

describe('connections of the Twilio SMS sender', () => {
  const open = (apiBaseUrl: string) => new TwilioSmsSender({ accountSid, authToken: 'secret', apiBaseUrl });

  connectionLossConformance('sending a message', (serverUrl) => {
    const sender = open(serverUrl);
    const answer = () => ({ status: 201, body: JSON.stringify(toMessageJson({})) });
    return { ask: () => sender.send(message), answer, isRepeatable: false };
  });

  connectionLossConformance('listing messages', (serverUrl) => {
    const sender = open(serverUrl);
    const answer = () => ({ status: 200, body: JSON.stringify({ messages: [], next_page_uri: null }) });
    return { ask: () => sender.list({ to: message.to, since: new Date(0) }), answer, isRepeatable: true };
  });
});
