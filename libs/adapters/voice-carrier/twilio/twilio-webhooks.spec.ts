import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

import { TwilioWebhooks } from './twilio-webhooks.js';

const accountSid = `AC${'a'.repeat(32)}`;
const callSid = `CA${'1'.repeat(32)}`;
const recordingSid = `RE${'2'.repeat(32)}`;
const messageSid = `SM${'3'.repeat(32)}`;
const publicUrl = 'https://voice.example/telephony/';
const webhooks = new TwilioWebhooks({ accountSid, authTokens: ['new-token', 'old-token'], publicUrl });

describe('Twilio webhooks: signature', () => {
  const url = '/status?call=7&note=l%27eau';
  const params = { AccountSid: accountSid, CallSid: callSid, CallStatus: 'ringing', To: '+14155550101' };
  const createSignature = (
    token: string,
    path = url,
    fields: Record<string, string> = params,
    origin = 'https://voice.example',
  ) => getExpectedTwilioSignature(token, `${origin}/telephony${path}`, fields);

  it('accepts a signature by either token over the public URL', () => {
    for (const token of ['new-token', 'old-token']) {
      expect(webhooks.verify({ url, params, signature: createSignature(token) })).toBe(true);
    }
  });

  it('accepts a signature over the URL with its default port', () => {
    const signature = createSignature('new-token', url, params, 'https://voice.example:443');
    expect(webhooks.verify({ url, params, signature })).toBe(true);
  });

  it('accepts any parameters signed by Twilio’s own library', () => {
    const field = fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => name !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(field, fc.string({ unit: 'grapheme' })), (extra) => {
        const fields = { ...extra, AccountSid: accountSid };
        return webhooks.verify({ url, params: fields, signature: createSignature('new-token', url, fields) });
      }),
    );
  });

  it.each([
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: '' }],
    ['any value', { signature: 'anything' }],
    ['a signature with an unknown token', { signature: createSignature('other-token') }],
    ['a signature with an empty token', { signature: createSignature('') }],
    ['another path', { url: '/recording?call=7&note=l%27eau' }],
    ['another query', { url: '/status?call=8&note=l%27eau' }],
    ['a whole URL instead of a path', { url: `https://voice.example/telephony${url}` }],
    ['a changed field', { params: { ...params, CallStatus: 'completed' } }],
    ['an additional field', { params: { ...params, Extra: '1' } }],
    ['a missing field', { params: { AccountSid: accountSid, CallSid: callSid } }],
    ['an unsigned body', { params: {}, rawBody: '{"a":1}', signature: createSignature('new-token', url, {}) }],
  ])('rejects %s', (_case, change) => {
    expect(webhooks.verify({ url, params, signature: createSignature('new-token'), ...change })).toBe(false);
  });

  it('rejects a correctly signed webhook of another account', () => {
    const fields = { ...params, AccountSid: `AC${'b'.repeat(32)}` };
    expect(webhooks.verify({ url, params: fields, signature: createSignature('new-token', url, fields) })).toBe(false);
  });

  it('rejects objects, which a body parser may create from malicious fields', () => {
    const fields = { ...params, CallSid: { $ne: null } as unknown as string };
    expect(webhooks.verify({ url, params: fields, signature: createSignature('new-token', url, fields) })).toBe(false);
  });

  it('accepts a JSON body only if its hash is in the signed URL', () => {
    const rawBody = '{"event":"x"}';
    const path = `/events?bodySHA256=${createHash('sha256').update(rawBody).digest('hex')}`;
    const signature = createSignature('new-token', path, {});
    expect(webhooks.verify({ url: path, params: {}, rawBody, signature })).toBe(true);
    expect(webhooks.verify({ url: path, params: {}, rawBody: '{"event":"y"}', signature })).toBe(false);
  });

  it.each([[[]], [['']], [['token', '']]])('cannot be constructed with the tokens %j', (authTokens) => {
    expect(() => new TwilioWebhooks({ accountSid, authTokens, publicUrl })).toThrow(RangeError);
  });
});

describe('Twilio webhooks: parsing', () => {
  const call = { CallSid: callSid, To: '+14155550101', From: '+14155550100', Direction: 'outbound-api' };

  it.each([
    [{}, {}, { kind: 'call_answered', answeredBy: 'unknown' }],
    [{ AnsweredBy: 'machine_start' }, {}, { kind: 'call_answered', answeredBy: 'machine' }],
    [{ Digits: '12*#' }, { after: 'gather' }, { kind: 'digits', digits: '12*#' }],
    [
      { SpeechResult: ' after six ', Confidence: '0.82' },
      { after: 'gather' },
      { kind: 'speech', text: 'after six', confidence: 0.82 },
    ],
    [{ SpeechResult: 'yes' }, { after: 'gather' }, { kind: 'speech', text: 'yes', confidence: 0 }],
    [{ Digits: '', SpeechResult: '' }, { after: 'gather' }, { kind: 'silence' }],
    [{}, { after: 'redirect' }, { kind: 'silence' }],
    [{}, { after: 'machine_beep' }, { kind: 'machine_beep' }],
    [{ DialCallStatus: 'completed' }, { after: 'dial' }, { kind: 'transfer_ended', connected: true }],
    [{ DialCallStatus: 'no-answer' }, { after: 'dial' }, { kind: 'transfer_ended', connected: false }],
    [
      { CallStatus: 'completed', DialCallStatus: 'completed' },
      { after: 'dial' },
      { kind: 'transfer_ended', connected: true },
    ],
    [{ CallStatus: 'completed' }, { after: 'gather' }, { kind: 'hung_up' }],
    [
      { RecordingSid: recordingSid, RecordingDuration: '7', Digits: '#' },
      { after: 'record' },
      { kind: 'recording_done', durationSeconds: 7, digits: '#', recordingId: recordingSid },
    ],
    [
      {
        CallStatus: 'completed',
        RecordingUrl: `https://elsewhere/${recordingSid}`,
        RecordingDuration: '3',
        Digits: 'hangup',
      },
      { after: 'record' },
      { kind: 'recording_done', durationSeconds: 3, recordingId: recordingSid },
    ],
    [{}, { after: 'record' }, { kind: 'recording_done', durationSeconds: 0 }],
  ])('parses the turn %j after %j', (params, query, expected) => {
    expect(webhooks.parseVoiceInput({ ...call, CallStatus: 'in-progress', ...params }, query)).toEqual(expected);
  });

  it.each([
    [{ Digits: "1'; drop" }, { after: 'gather' }, 'Digits'],
    [{ SpeechResult: 'x', Confidence: 'high' }, { after: 'gather' }, 'Confidence'],
    [{}, { after: 'lunch' }, 'after'],
    [{ CallStatus: 'confused' }, {}, 'CallStatus'],
  ])('rejects the turn %j after %j', (params, query, field) => {
    expect(() => webhooks.parseVoiceInput({ ...call, ...params }, query)).toThrow(
      expect.objectContaining({ name: 'InvalidWebhookError', code: 'invalid_webhook', field }),
    );
  });

  it('parses a call status', () => {
    const params = {
      ...call,
      CallStatus: 'no-answer',
      SequenceNumber: '2',
      Timestamp: 'Tue, 31 Aug 2027 20:36:28 +0000',
      CallDuration: '0',
      SipResponseCode: '487',
    };
    expect(webhooks.parseCallStatus(params)).toEqual({
      carrierCallId: callSid,
      to: call.To,
      from: call.From,
      direction: 'outbound',
      status: 'no_answer',
      sequence: 2,
      occurredAt: new Date('2027-08-31T20:36:28Z'),
      durationSeconds: 0,
      answeredBy: undefined,
      sipResponseCode: 487,
      vendorErrorCode: undefined,
    });
  });

  it.each([
    [{ CallSid: undefined }, 'CallSid'],
    [{ CallSid: 'CA1' }, 'CallSid'],
    [{ CallSid: `${callSid}/../x` }, 'CallSid'],
    [{ CallSid: ['a', 'b'] }, 'CallSid'],
    [{ CallStatus: 'constructor' }, 'CallStatus'],
    [{ SequenceNumber: '-1' }, 'SequenceNumber'],
    [{ Timestamp: 'yesterday' }, 'Timestamp'],
  ])('rejects a call status with %j', (change, field) => {
    const params = { ...call, CallStatus: 'ringing', ...change } as unknown as Record<string, string>;
    expect(() => webhooks.parseCallStatus(params)).toThrow(expect.objectContaining({ field }));
  });

  it('parses a recording status and ignores its URL', () => {
    const params = {
      RecordingSid: recordingSid,
      CallSid: callSid,
      RecordingStatus: 'completed',
      RecordingChannels: '2',
      RecordingDuration: '31',
      RecordingUrl: 'https://attacker.example/steal',
      ErrorCode: '0',
    };
    const event = webhooks.parseRecordingStatus(params);
    expect(event).toEqual({
      recordingId: recordingSid,
      carrierCallId: callSid,
      status: 'completed',
      channels: 2,
      durationSeconds: 31,
      startedAt: undefined,
      vendorErrorCode: undefined,
    });
  });

  it.each([
    ['machine_end_beep', 'machine', true],
    ['machine_end_silence', 'machine', true],
    ['machine_start', 'machine', false],
    ['human', 'human', false],
    ['fax', 'fax', false],
    ['unknown', 'unknown', false],
  ])('parses the detection result %s', (AnsweredBy, answeredBy, readyForMessage) => {
    const event = webhooks.parseAmd({ CallSid: callSid, AnsweredBy, MachineDetectionDuration: '2300' });
    expect(event).toEqual({ carrierCallId: callSid, answeredBy, readyForMessage, detectionMs: 2300 });
  });

  it('parses a message status', () => {
    const params = {
      MessageSid: messageSid,
      MessageStatus: 'undelivered',
      To: '+14155550101',
      From: '+1',
      ErrorCode: '30003',
    };
    expect(webhooks.parseMessageStatus(params)).toMatchObject({ status: 'undelivered', vendorErrorCode: '30003' });
  });

  it('parses an inbound message', () => {
    const params = { MessageSid: messageSid, From: '+14155550101', To: '+14155550100', Body: 'Stop', NumSegments: '1' };
    expect(webhooks.parseInboundMessage({ ...params, OptOutType: 'STOP' })).toEqual({
      messageId: messageSid,
      from: '+14155550101',
      to: '+14155550100',
      body: 'Stop',
      segments: 1,
      keyword: 'stop',
    });
    expect(webhooks.parseInboundMessage(params)).not.toHaveProperty('keyword');
    expect(webhooks.parseInboundMessage({ ...params, OptOutType: 'toString' })).not.toHaveProperty('keyword');
  });
});
