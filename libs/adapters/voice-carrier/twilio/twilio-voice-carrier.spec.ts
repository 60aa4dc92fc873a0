import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { connectionLossConformance } from '../../connection-loss.conformance.js';
import type { ScriptedServer } from '../../scripted-server.conformance.js';
import { startScriptedServer } from '../../scripted-server.conformance.js';
import { TwilioVoiceCarrier } from './twilio-voice-carrier.js';

const accountSid = `AC${'a'.repeat(32)}`;
const callSid = `CA${'1'.repeat(32)}`;
const recordingSid = `RE${'2'.repeat(32)}`;
const base = `/2010-04-01/Accounts/${accountSid}`;

const call = {
  to: '+14155550101',
  from: '+14155550100',
  voiceUrl: 'https://voice.example/turn?call=7',
  fallbackUrl: 'https://static.example/sorry.xml',
  statusCallbackUrl: 'https://voice.example/status',
  recordingCallbackUrl: 'https://voice.example/recording',
  amdCallbackUrl: 'https://voice.example/amd',
  ringSeconds: 25,
  record: true,
};

const toCallJson = (fields: object) => ({
  sid: callSid,
  to: call.to,
  from: call.from,
  status: 'queued',
  direction: 'outbound-api',
  date_created: 'Tue, 31 Aug 2027 20:36:28 +0000',
  answered_by: null,
  duration: null,
  ...fields,
});

describe('Twilio voice carrier', () => {
  let server: ScriptedServer;
  let carrier: TwilioVoiceCarrier;

  beforeEach(async () => {
    server = await startScriptedServer();
    carrier = new TwilioVoiceCarrier({
      accountSid,
      authToken: 'secret',
      apiBaseUrl: `${server.url}/`,
      timeoutMs: 2_000,
    });
  });
  afterEach(() => server.stop());

  describe('placing a call', () => {
    it('sends all parameters to Twilio, with webhook URLs that tolerate a restart', async () => {
      server.setJsonResponse(201, toCallJson({}));
      expect(await carrier.placeCall(call)).toEqual({ carrierCallId: callSid });

      const [request] = server.requests;
      expect(request).toMatchObject({ method: 'POST', path: `${base}/Calls.json` });
      expect(request?.authorization).toBe(`Basic ${Buffer.from(`${accountSid}:secret`).toString('base64')}`);
      const overrides = '#ct=2000&rt=5000&rc=5&rp=ct,rt,5xx';
      expect(Object.fromEntries(request?.form ?? [])).toMatchObject({
        To: call.to,
        From: call.from,
        Url: `${call.voiceUrl}${overrides}`,
        FallbackUrl: `${call.fallbackUrl}${overrides}`,
        StatusCallback: `${call.statusCallbackUrl}${overrides}`,
        Timeout: '25',
        Record: 'true',
        RecordingChannels: 'dual',
        RecordingStatusCallback: `${call.recordingCallbackUrl}${overrides}`,
        MachineDetection: 'DetectMessageEnd',
        AsyncAmd: 'true',
        AsyncAmdStatusCallback: `${call.amdCallbackUrl}${overrides}`,
      });
      expect(request?.form.getAll('StatusCallbackEvent')).toEqual(['initiated', 'ringing', 'answered', 'completed']);
    });

    it('neither records nor detects machines unless requested', async () => {
      server.setJsonResponse(201, toCallJson({}));
      await carrier.placeCall({ ...call, record: false, amdCallbackUrl: undefined, fallbackUrl: undefined });
      const fields = [...(server.requests[0]?.form.keys() ?? [])];
      expect(fields.filter((field) => /^(Record|Machine|Async|Fallback)/.test(field))).toEqual([]);
    });

    it.each([
      ['an invalid number', 400, 21211, 'invalid_input', 'none'],
      ['an unreachable number', 400, 21214, 'invalid_input', 'none'],
      ['a forbidden region', 400, 21215, 'invalid_input', 'none'],
      ['a malformed number', 400, 21217, 'invalid_input', 'none'],
      ['wrong credentials', 401, 20003, 'unauthorized', 'none'],
      ['too many requests', 429, 20429, 'rate_limited', 'none'],
      ['any other rejection', 400, 21205, 'rejected', 'none'],
      ['an internal error, possibly after dialing', 500, 20500, 'unavailable', 'unknown'],
      ['a gateway timeout', 504, undefined, 'unavailable', 'unknown'],
    ])('maps the error for %s', async (_case, status, code, expected, effect) => {
      server.setJsonResponse(status, { status, code, message: 'why' });
      await expect(carrier.placeCall(call)).rejects.toMatchObject({
        name: 'ProviderError',
        provider: 'twilio',
        code: expected,
        effect,
        vendorCode: code === undefined ? undefined : String(code),
      });
      expect(server.requests).toHaveLength(1);
    });

    it.each([
      ['7', 7_000],
      ['soon', undefined],
    ])('returns the retry delay from Retry-After: %s', async (header, retryAfterMs) => {
      server.setJsonResponse(429, { code: 20429, message: 'slow down' }, { 'retry-after': header });
      await expect(carrier.placeCall(call)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs });
    });

    it('reports an unknown effect if the response is missing', async () => {
      server.setResponse(() => undefined);
      await expect(carrier.placeCall(call)).rejects.toMatchObject({ code: 'timeout', effect: 'unknown' });
      expect(server.requests).toHaveLength(1);
    });

    it('reports an unknown effect if the connection breaks', async () => {
      server.setResponse((response) => response.destroy());
      await expect(carrier.placeCall(call)).rejects.toMatchObject({ code: 'unavailable', effect: 'unknown' });
    });

    it('reports an unknown effect if the response is invalid', async () => {
      server.setJsonResponse(201, { hello: 'world' });
      await expect(carrier.placeCall(call)).rejects.toMatchObject({ code: 'unavailable', effect: 'unknown' });
    });

    it('reports no effect if the connection was refused', async () => {
      const refusing = new TwilioVoiceCarrier({ accountSid, authToken: 'secret', apiBaseUrl: await findClosedPort() });
      await expect(refusing.placeCall(call)).rejects.toMatchObject({ code: 'unavailable', effect: 'none' });
    });
  });

  it('lists calls by creation time, with the precision of seconds', async () => {
    const toTimestamp = (second: number) => `Tue, 31 Aug 2027 20:36:0${second} +0000`;
    const sids = [1, 2, 3].map((digit) => `CA${String(digit).repeat(32)}`);
    const calls = [1, 2, 3].map((second) => toCallJson({ sid: sids[second - 1], date_created: toTimestamp(second) }));
    server.setJsonResponse(200, { calls, next_page_uri: null });
    const listed = await carrier.listCalls({ to: call.to, since: new Date('2027-08-31T20:36:02.900Z') });
    expect(listed.map(({ carrierCallId }) => carrierCallId)).toEqual([sids[2], sids[1]]);
    expect(server.requests[0]?.query.get('To')).toBe(call.to);
  });

  it.each([
    ['in-progress', 'in_progress', 'machine_end_beep', 'machine'],
    ['no-answer', 'no_answer', null, undefined],
    ['completed', 'completed', 'human', 'human'],
  ])('returns a call with status %s', async (status, expected, answeredBy, expectedAnsweredBy) => {
    server.setJsonResponse(200, toCallJson({ status, answered_by: answeredBy, duration: '12' }));
    expect(await carrier.getCall(callSid)).toEqual({
      carrierCallId: callSid,
      to: call.to,
      from: call.from,
      status: expected,
      direction: 'outbound',
      createdAt: new Date('2027-08-31T20:36:28Z'),
      answeredBy: expectedAnsweredBy,
      durationSeconds: 12,
    });
  });

  it('returns undefined for an unknown call', async () => {
    server.setJsonResponse(404, { code: 20404, message: 'not found' });
    expect(await carrier.getCall(callSid)).toBeUndefined();
  });

  it('does not fail when the call has already ended', async () => {
    server.setJsonResponse(400, { code: 21220, message: 'Call is not in-progress. Cannot redirect.' });
    await carrier.endCall(callSid);
    expect(server.requests[0]?.form.get('Status')).toBe('completed');
  });

  it('cancels with the status that does not affect an answered call', async () => {
    server.setJsonResponse(200, toCallJson({}));
    await carrier.cancelCall(callSid);
    expect(server.requests[0]?.form.get('Status')).toBe('canceled');
  });

  it('redirects a call with the reason in the URL', async () => {
    server.setJsonResponse(200, toCallJson({}));
    await carrier.redirectCall({ carrierCallId: callSid, voiceUrl: call.voiceUrl, reason: 'machine_beep' });
    expect(server.requests[0]?.form.get('Url')).toContain('turn?call=7&after=machine_beep#');
  });

  it.each(['', '../Recordings', `CA${'1'.repeat(31)}/`])(
    'rejects an ID that would change the URL path: %j',
    async (id) => {
      await expect(carrier.getCall(id)).rejects.toMatchObject({ code: 'invalid_input', effect: 'none' });
      expect(server.requests).toEqual([]);
    },
  );

  describe('downloading a recording', () => {
    const download = () => carrier.downloadRecording({ recordingId: recordingSid, channels: 2 });

    it('streams it from a URL built from the ID', async () => {
      server.setResponse((response) =>
        response.writeHead(200, { 'content-type': 'audio/x-wav' }).end(Buffer.from('RIFF1234')),
      );
      const { stream, contentType } = await download();
      expect((await buffer(stream)).toString()).toBe('RIFF1234');
      expect(contentType).toBe('audio/x-wav');
      expect(server.requests[0]).toMatchObject({ path: `${base}/Recordings/${recordingSid}.wav` });
      expect(server.requests[0]?.query.get('RequestedChannels')).toBe('2');
    });

    it('sends no credentials to redirect targets', async () => {
      const storage = await startScriptedServer();
      storage.setResponse((response) => response.writeHead(200).end('RIFF'));
      server.setResponse((response) => response.writeHead(302, { location: `${storage.url}/media` }).end());
      await buffer((await download()).stream);
      expect(storage.requests[0]?.authorization).toBeUndefined();
      await storage.stop();
    });

    it.each([
      [404, 'not_found'],
      [503, 'unavailable'],
      [401, 'unauthorized'],
    ])('maps status %d to %s', async (status, code) => {
      server.setJsonResponse(status, { message: 'no' });
      await expect(download()).rejects.toMatchObject({ name: 'ProviderError', code, effect: 'none' });
    });

    it('fails with a timeout if no response arrives', async () => {
      server.setResponse(() => undefined);
      await expect(download()).rejects.toMatchObject({ code: 'timeout', effect: 'none' });
    });

    it('fails the stream with a ProviderError if the connection breaks midway', async () => {
      server.setResponse((response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('RIFF', () => response.destroy());
      });
      const { stream } = await download();
      await expect(buffer(stream)).rejects.toMatchObject({ name: 'ProviderError', code: 'unavailable' });
    });
  });

  it('does not fail when the recording is already deleted', async () => {
    server.setJsonResponse(404, { code: 20404, message: 'not found' });
    await carrier.deleteRecording(recordingSid);
    expect(server.requests[0]?.method).toBe('DELETE');
  });

  it('lists the recordings of a call', async () => {
    const recording = {
      sid: recordingSid,
      call_sid: callSid,
      status: 'completed',
      channels: 2,
      duration: '31',
      date_created: 'Tue, 31 Aug 2027 20:36:28 +0000',
    };
    server.setJsonResponse(200, { recordings: [recording], next_page_uri: null });
    expect(await carrier.listRecordings({ carrierCallId: callSid })).toEqual([
      {
        recordingId: recordingSid,
        carrierCallId: callSid,
        status: 'completed',
        channels: 2,
        createdAt: new Date('2027-08-31T20:36:28Z'),
        durationSeconds: 31,
      },
    ]);
  });
});

describe('connections of the Twilio voice carrier', () => {
  const open = (apiBaseUrl: string) => new TwilioVoiceCarrier({ accountSid, authToken: 'secret', apiBaseUrl });
  const respondWith = (status: number, body: object) => () => ({ status, body: JSON.stringify(body) });

  connectionLossConformance('placing a call', (serverUrl) => {
    const carrier = open(serverUrl);
    return { ask: () => carrier.placeCall(call), answer: respondWith(201, toCallJson({})), isRepeatable: false };
  });

  connectionLossConformance('ending a call', (serverUrl) => {
    const carrier = open(serverUrl);
    return { ask: () => carrier.endCall(callSid), answer: respondWith(200, toCallJson({})), isRepeatable: false };
  });

  connectionLossConformance('looking up a call', (serverUrl) => {
    const carrier = open(serverUrl);
    return { ask: () => carrier.getCall(callSid), answer: respondWith(200, toCallJson({})), isRepeatable: true };
  });

  connectionLossConformance('deleting a recording', (serverUrl) => {
    const carrier = open(serverUrl);
    return { ask: () => carrier.deleteRecording(recordingSid), answer: respondWith(200, {}), isRepeatable: true };
  });

  connectionLossConformance('downloading a recording', (serverUrl) => {
    const carrier = open(serverUrl);
    const ask = async () =>
      buffer((await carrier.downloadRecording({ recordingId: recordingSid, channels: 2 })).stream);
    return { ask, answer: () => ({ status: 200, body: 'RIFF1234' }), isRepeatable: true };
  });
});

/** Returns the URL of a port on which no process listens any more. */
async function findClosedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
