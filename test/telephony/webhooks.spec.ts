import { randomBytes } from 'node:crypto';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CallAnswered,
  CallCompleted,
  GetCallRpc,
  CallDecisionMade,
  CallPlaced,
  CallRefused,
  CallTurnTaken,
  EndCallRpc,
  type CallRequestedPayload,
} from '#libs/contracts/index.js';
import { ScriptedCarrier } from './scripted-carrier.js';
import { TelephonyFixture } from './telephony-fixture.js';

const OWN_NUMBER = '+15005550006';
let lastNumber = 1000;
/** Returns a number of no other attempt, because a number with an open attempt is not dialed. */
const nextNumber = (): string => `+1312555${String((lastNumber += 1))}`;

interface PlacedCall {
  readonly request: CallRequestedPayload;
  readonly sid: string;
}

const carrier = new ScriptedCarrier();
let fixture: TelephonyFixture;

beforeAll(async () => {
  fixture = await TelephonyFixture.start({ TWILIO_BASE_URL: await carrier.listen(), CALL_WATCH_SECONDS: '600' });
});

afterAll(async () => {
  await fixture?.close();
  await carrier.close();
});

// Telephony publishes the end of a call two seconds after the carrier reports it, so these tests run concurrently.
describe('the carrier’s webhooks', () => {
  async function placeCall(): Promise<PlacedCall> {
    const phone = nextNumber();
    const request = await fixture.requestCall(phone);
    const { payload } = await fixture.peer.waitForEvent(CallPlaced, { attemptId: request.attemptId });
    return { request, sid: payload.carrierCallId };
  }

  const toCallFields = ({ request, sid }: PlacedCall, CallStatus: string): Record<string, string> => ({
    CallSid: sid,
    From: OWN_NUMBER,
    To: request.phone,
    Direction: 'outbound-api',
    CallStatus,
  });

  const toStatusPath = ({ request }: PlacedCall): string =>
    `/twilio/status/${request.attemptId}?attemptId=${request.attemptId}`;

  const readCallLog = async ({ request }: PlacedCall): Promise<unknown> =>
    fixture.database.collection('callLogs').findOne({ _id: request.attemptId as never });

  it.concurrent.each(['forged', 'none'] as const)(
    'are rejected if the signature is %s, and have no effect',
    async (signature) => {
      const call = await placeCall();
      const before = await readCallLog(call);
      const paths = [toStatusPath(call), `/twilio/voice/${call.request.attemptId}`, '/twilio/sms/inbound'];
      for (const path of paths) {
        const { status } = await fixture.webhook(path, toCallFields(call, 'completed'), signature);
        expect(status).toBe(403);
      }
      expect(await readCallLog(call)).toEqual(before);
      const metrics = await (await fetch(`${fixture.telephonyUrl}/metrics`)).text();
      expect(metrics).toMatch(/delauto_webhooks_rejected_total\{reason="signature"\} [1-9]/);
    },
  );

  it.concurrent(
    'are rejected if they name another account or have operators instead of text in their fields',
    async () => {
      const call = await placeCall();
      const foreign = { ...toCallFields(call, 'completed'), AccountSid: `AC${'0'.repeat(32)}` };
      expect((await fixture.webhook(toStatusPath(call), foreign)).status).toBe(403);
      const json = await fetch(`${fixture.telephonyUrl}${toStatusPath(call)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-twilio-signature': 'AAAA' },
        body: JSON.stringify({ CallSid: { $ne: null }, CallStatus: 'completed' }),
      });
      expect(json.status).toBe(403);
      expect(fixture.peer.findEvents(CallCompleted, { attemptId: call.request.attemptId })).toHaveLength(0);
    },
  );

  it.concurrent('get 400 if they are signed but invalid, and have no effect', async () => {
    const call = await placeCall();
    const { status } = await fixture.webhook(toStatusPath(call), {
      ...toCallFields(call, 'completed'),
      CallStatus: 'exploded',
    });
    expect(status).toBe(400);
    expect(fixture.peer.findEvents(CallCompleted, { attemptId: call.request.attemptId })).toHaveLength(0);
  });

  it.concurrent('are kept if they concern an unknown call', async () => {
    const unknownCall: PlacedCall = {
      request: { attemptId: `dlv_${randomBytes(6).toString('hex')}.1`, phone: nextNumber() } as CallRequestedPayload,
      sid: `CA${randomBytes(16).toString('hex')}`,
    };
    expect((await fixture.webhook(toStatusPath(unknownCall), toCallFields(unknownCall, 'completed'))).status).toBe(204);
    const voice = await fixture.webhook(
      `/twilio/voice/${unknownCall.request.attemptId}`,
      toCallFields(unknownCall, 'in-progress'),
    );
    expect(voice).toMatchObject({ status: 200, body: expect.stringContaining('<Response/>') as string });
    const unmatchedCallbacks = fixture.database
      .collection('strayCallbacks')
      .find({ reference: unknownCall.request.attemptId });
    expect((await unmatchedCallbacks.toArray()).map((row) => String(row['kind'])).sort()).toEqual(['status', 'voice']);
  });

  it.concurrent('at the fallback URL end the call with an apology', async () => {
    const call = await placeCall();
    const response = await fixture.webhook(
      `/twilio/fallback/${call.request.attemptId}`,
      toCallFields(call, 'in-progress'),
    );
    expect(response).toMatchObject({
      status: 200,
      body: expect.stringMatching(/cannot go on with this call.*no podemos continuar.*<Hangup\/>/) as string,
    });
  });

  it.concurrent('get the same document for a repeated step, which makes one decision', async () => {
    const call = await placeCall();
    const { attemptId } = call.request;
    const inProgress = toCallFields(call, 'in-progress');
    const greeting = await fixture.webhook(`/twilio/voice/${attemptId}`, inProgress);
    expect(greeting.body).toContain('Northwind');
    expect(await fixture.webhook(`/twilio/voice/${attemptId}`, inProgress)).toEqual(greeting);

    const yes = { ...inProgress, Digits: '1' };
    const second = await fixture.webhook(`/twilio/voice/${attemptId}/1?after=gather`, yes);
    const [third, repeated] = await Promise.all([
      fixture.webhook(`/twilio/voice/${attemptId}/2?after=gather`, yes),
      fixture.webhook(`/twilio/voice/${attemptId}/2?after=gather`, yes),
    ]);
    expect(third).toEqual(repeated);
    expect(third.body).not.toBe(second.body);
    const decision = await fixture.peer.waitForEvent(CallDecisionMade, { attemptId });
    expect(decision.payload.instructions).toMatchObject({ present: { value: true, source: 'keys', confidence: 1 } });
    expect((await fixture.peer.call(GetCallRpc, { attemptId })).turns).toHaveLength(3);
    expect(fixture.peer.findEvents(CallDecisionMade, { attemptId })).toHaveLength(1);
  });

  it.concurrent('keep the instructions given before the customer hangs up midway', async () => {
    const call = await placeCall();
    const { attemptId } = call.request;
    const yes = { ...toCallFields(call, 'in-progress'), Digits: '1' };
    await fixture.webhook(`/twilio/voice/${attemptId}`, toCallFields(call, 'in-progress'));
    await fixture.webhook(`/twilio/voice/${attemptId}/1?after=gather`, yes);
    await fixture.webhook(`/twilio/voice/${attemptId}/2?after=gather`, yes);
    await fixture.webhook(toStatusPath(call), { ...toCallFields(call, 'completed'), CallDuration: '17' });
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(payload).toMatchObject({
      outcome: 'answered',
      conversationFinished: false,
      durationSeconds: 17,
      recordingExpected: true,
      instructions: { present: { value: true } },
    });
  });

  describe('report the outcome of a call that the customer ended before any decision', () => {
    const endFields = { CallDuration: '6', SipResponseCode: '200', SequenceNumber: '3' };
    const waitForOutcome = async ({ request: { attemptId } }: PlacedCall): Promise<string> =>
      (await fixture.peer.waitForEvent(CallCompleted, { attemptId })).payload.outcome;
    const startCall = async (): Promise<PlacedCall> => {
      const call = await placeCall();
      await fixture.webhook(`/twilio/voice/${call.request.attemptId}`, toCallFields(call, 'in-progress'));
      return call;
    };
    const end = (call: PlacedCall, fields: Record<string, string> = {}): Promise<unknown> =>
      fixture.webhook(toStatusPath(call), { ...toCallFields(call, 'completed'), ...endFields, ...fields });

    it.concurrent('as `hung_up_early` during the greeting, or after words that answer no question', async () => {
      const call = await startCall();
      await end(call);
      expect(await waitForOutcome(call)).toBe('hung_up_early');
      const irrelevantAnswer = await startCall();
      const speech = { ...toCallFields(irrelevantAnswer, 'in-progress'), SpeechResult: 'hello?', Confidence: '0.9' };
      await fixture.webhook(`/twilio/voice/${irrelevantAnswer.request.attemptId}/1?after=gather`, speech);
      await end(irrelevantAnswer);
      expect(await waitForOutcome(irrelevantAnswer)).toBe('hung_up_early');
      const { outcome } = await fixture.peer.call(GetCallRpc, { attemptId: irrelevantAnswer.request.attemptId });
      expect(outcome).toBe('hung_up_early');
    });

    it.concurrent('as `dropped` after the first question was answered, or before it was asked', async () => {
      const call = await startCall();
      const no = { ...toCallFields(call, 'in-progress'), Digits: '2' };
      await fixture.webhook(`/twilio/voice/${call.request.attemptId}/1?after=gather`, no);
      await end(call);
      expect(await waitForOutcome(call)).toBe('dropped');
      const unasked = await placeCall();
      await fixture.webhook(toStatusPath(unasked), toCallFields(unasked, 'in-progress'));
      await end(unasked);
      expect(await waitForOutcome(unasked)).toBe('dropped');
    });

    it.concurrent(
      'as `dropped` if the carrier requested the fallback URL, before or after it reported the end',
      async () => {
        const call = await startCall();
        await fixture.webhook(`/twilio/fallback/${call.request.attemptId}`, toCallFields(call, 'in-progress'));
        await end(call);
        expect(await waitForOutcome(call)).toBe('dropped');
        const late = await startCall();
        await end(late);
        await fixture.webhook(`/twilio/fallback/${late.request.attemptId}`, toCallFields(late, 'in-progress'));
        expect(await waitForOutcome(late)).toBe('dropped');
      },
    );

    it.concurrent(
      'as `dropped` if a webhook failed, the carrier reports an error, or a dispatcher ended the call',
      async () => {
        const failed = await startCall();
        const broken = { ...toCallFields(failed, 'in-progress'), CallStatus: 'exploded' };
        const response = await fixture.webhook(`/twilio/voice/${failed.request.attemptId}/1?after=gather`, broken);
        expect(response.status).toBeGreaterThanOrEqual(400);
        await end(failed);
        expect(await waitForOutcome(failed)).toBe('dropped');
        const faulty = await startCall();
        await end(faulty, { ErrorCode: '31005' });
        expect(await waitForOutcome(faulty)).toBe('dropped');
        const endedByDispatcher = await startCall();
        await fixture.peer.call(EndCallRpc, { attemptId: endedByDispatcher.request.attemptId });
        await end(endedByDispatcher);
        expect(await waitForOutcome(endedByDispatcher)).toBe('dropped');
      },
    );

    it.concurrent('as another outcome if a machine answered, or if the call lasted too long', async () => {
      const machine = await startCall();
      await fixture.webhook(`/twilio/amd/${machine.request.attemptId}`, {
        CallSid: machine.sid,
        AnsweredBy: 'machine_start',
      });
      await end(machine);
      expect(await waitForOutcome(machine)).toBe('voicemail');
      const long = await startCall();
      await end(long, { CallDuration: '55' });
      expect(await waitForOutcome(long)).toBe('dropped');
    });
  });

  it.concurrent('lead to the same outcome and publish each event once, in any order and number', async () => {
    const orders = [
      ['initiated', 'ringing', 'in-progress', 'completed'],
      ['completed', 'in-progress', 'ringing', 'initiated'],
      ['in-progress', 'completed', 'completed', 'ringing', 'in-progress', 'initiated'],
    ];
    for (const order of orders) {
      const call = await placeCall();
      const { attemptId } = call.request;
      await fixture.webhook(`/twilio/voice/${attemptId}`, toCallFields(call, 'in-progress'));
      await Promise.all(order.map((status) => fixture.webhook(toStatusPath(call), toCallFields(call, status))));
      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
      expect(payload.outcome).toBe('hung_up_early');
      for (const contract of [CallPlaced, CallAnswered, CallTurnTaken, CallCompleted]) {
        expect(fixture.peer.findEvents(contract, { attemptId })).toHaveLength(1);
      }
      expect(fixture.peer.listEvents(attemptId).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    }
  });

  it.concurrent('with STOP by SMS opt the number out for every organization until START', async () => {
    const phone = nextNumber();
    const sendText = (Body: string): Promise<{ status: number }> =>
      fixture.webhook('/twilio/sms/inbound', {
        MessageSid: `SM${randomBytes(16).toString('hex')}`,
        From: phone,
        To: OWN_NUMBER,
        Body,
      });
    expect((await sendText('Stop.')).status).toBe(200);
    const refused = await fixture.requestCall(phone);
    const { payload } = await fixture.peer.waitForEvent(CallRefused, { attemptId: refused.attemptId });
    expect(payload.rule).toBe('do_not_call');
    await sendText('START');
    await sendText('Leave it in the shed please');
    const { attemptId } = await fixture.requestCall(phone);
    await fixture.peer.waitForEvent(CallPlaced, { attemptId });
    const inbound = fixture.database.collection('inboundMessages').find({ from: phone });
    const storedTexts = await inbound.sort({ receivedAt: 1 }).toArray();
    expect(storedTexts.map((row) => row['keyword'] as unknown)).toEqual(['stop', 'start', undefined]);
  });

  // Not concurrent: Jest runs these tests one after another, after all tests above have ended.
  describe('of a carrier that does not respond to create requests', () => {
    beforeEach(() => {
      carrier.silent = true;
    });
    afterEach(() => {
      carrier.silent = false;
    });

    it('are matched to their call even if they overtake the response to its create request', async () => {
      const phone = nextNumber();
      const request = await fixture.requestCall(phone);
      await waitUntil(() => carrier.countCreateRequests(request.attemptId) > 0, {
        what: 'the create request to arrive',
      });
      const call: PlacedCall = { request, sid: `CA${randomBytes(16).toString('hex')}` };
      await fixture.webhook(toStatusPath(call), toCallFields(call, 'busy'));
      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: request.attemptId });
      expect(payload.outcome).toBe('busy');
      expect(fixture.peer.findEvents(CallPlaced, { attemptId: request.attemptId })[0]?.payload.carrierCallId).toBe(
        call.sid,
      );
    });

    it('are not needed after a kill between the stored intent and its effect: telephony checks the carrier’s call list and does not dial again', async () => {
      const phone = nextNumber();
      const request = await fixture.requestCall(phone);
      await waitUntil(() => carrier.countCreateRequests(request.attemptId) > 0, {
        what: 'the create request to arrive',
      });
      await fixture.telephony.kill9();
      const waiting = await fixture.requestCall(phone);
      await fixture.telephony.start();

      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: request.attemptId }, 30_000);
      expect(payload.outcome).toBe('not_placed');
      // Another attempt to the number waited until the first one's result was certain.
      carrier.silent = false;
      await waitUntil(() => carrier.countCreateRequests(waiting.attemptId) > 0, {
        what: 'the second attempt to be dialed',
      });
      expect(carrier.countCreateRequests(request.attemptId)).toBe(1);
      expect(fixture.peer.findEvents(CallRefused, { attemptId: waiting.attemptId })).toHaveLength(0);
    });
  });
});
