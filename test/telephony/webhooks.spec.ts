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
import { TelephonyWorld } from './telephony-world.js';

const OWN = '+15005550006';
let numbers = 1000;
/** Of nobody else: a number that another attempt still has is not dialled. */
const number = (): string => `+1312555${String((numbers += 1))}`;

interface Placed {
  readonly request: CallRequestedPayload;
  readonly sid: string;
}

const carrier = new ScriptedCarrier();
let world: TelephonyWorld;

// Outside of the block below, because Jest starts concurrent tests before it runs a block's own hooks.
beforeAll(async () => {
  world = await TelephonyWorld.start({ TWILIO_BASE_URL: await carrier.listen(), CALL_WATCH_SECONDS: '600' });
}, 120_000);

afterAll(async () => {
  await world?.close();
  await carrier.close();
});

// The end of a call is told two seconds after the carrier reports it: several are waited for at the same time.
describe('the carrier’s webhooks', () => {
  async function placed(): Promise<Placed> {
    const phone = number();
    const request = await world.requestCall(phone);
    const { payload } = await world.peer.hear(CallPlaced, { attemptId: request.attemptId });
    return { request, sid: payload.carrierCallId };
  }

  const callOf = ({ request, sid }: Placed, CallStatus: string): Record<string, string> => ({
    CallSid: sid,
    From: OWN,
    To: request.phone,
    Direction: 'outbound-api',
    CallStatus,
  });

  const statusPath = ({ request }: Placed): string =>
    `/twilio/status/${request.attemptId}?attemptId=${request.attemptId}`;

  const rowOf = async ({ request }: Placed): Promise<unknown> =>
    world.database.collection('callLogs').findOne({ _id: request.attemptId as never });

  it.concurrent.each(['forged', 'none'] as const)(
    'refuses one whose signature is %s, and changes nothing',
    async (signature) => {
      const call = await placed();
      const before = await rowOf(call);
      const paths = [statusPath(call), `/twilio/voice/${call.request.attemptId}`, '/twilio/sms/inbound'];
      for (const path of paths) {
        const { status } = await world.webhook(path, callOf(call, 'completed'), signature);
        expect(status).toBe(403);
      }
      expect(await rowOf(call)).toEqual(before);
      const metrics = await (await fetch(`${world.telephonyUrl}/metrics`)).text();
      expect(metrics).toMatch(/delauto_webhooks_rejected_total\{reason="signature"\} [1-9]/);
    },
  );

  it.concurrent('refuses one of another account, and one whose fields are operators instead of text', async () => {
    const call = await placed();
    const foreign = { ...callOf(call, 'completed'), AccountSid: `AC${'0'.repeat(32)}` };
    expect((await world.webhook(statusPath(call), foreign)).status).toBe(403);
    const json = await fetch(`${world.telephonyUrl}${statusPath(call)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-twilio-signature': 'AAAA' },
      body: JSON.stringify({ CallSid: { $ne: null }, CallStatus: 'completed' }),
    });
    expect(json.status).toBe(403);
    expect(world.peer.told(CallCompleted, { attemptId: call.request.attemptId })).toHaveLength(0);
  });

  it.concurrent('answers a genuine one that is not what it must be with 400, and changes nothing', async () => {
    const call = await placed();
    const { status } = await world.webhook(statusPath(call), { ...callOf(call, 'completed'), CallStatus: 'exploded' });
    expect(status).toBe(400);
    expect(world.peer.told(CallCompleted, { attemptId: call.request.attemptId })).toHaveLength(0);
  });

  it.concurrent('keeps one about a call it does not know', async () => {
    const stranger: Placed = {
      request: { attemptId: `dlv_${randomBytes(6).toString('hex')}.1`, phone: number() } as CallRequestedPayload,
      sid: `CA${randomBytes(16).toString('hex')}`,
    };
    expect((await world.webhook(statusPath(stranger), callOf(stranger, 'completed'))).status).toBe(204);
    const voice = await world.webhook(`/twilio/voice/${stranger.request.attemptId}`, callOf(stranger, 'in-progress'));
    expect(voice).toMatchObject({ status: 200, body: expect.stringContaining('<Response/>') as string });
    const kept = world.database.collection('strayCallbacks').find({ reference: stranger.request.attemptId });
    expect((await kept.toArray()).map((row) => String(row['kind'])).sort()).toEqual(['status', 'voice']);
  });

  it.concurrent('ends a call whose carrier asks at the fallback', async () => {
    const call = await placed();
    const answer = await world.webhook(`/twilio/fallback/${call.request.attemptId}`, callOf(call, 'in-progress'));
    expect(answer).toMatchObject({
      status: 200,
      body: expect.stringMatching(/cannot go on with this call.*no podemos continuar.*<Hangup\/>/) as string,
    });
  });

  it.concurrent('answers a step that is asked for again with the same document, and decides once', async () => {
    const call = await placed();
    const { attemptId } = call.request;
    const inProgress = callOf(call, 'in-progress');
    const greeting = await world.webhook(`/twilio/voice/${attemptId}`, inProgress);
    expect(greeting.body).toContain('Northwind');
    expect(await world.webhook(`/twilio/voice/${attemptId}`, inProgress)).toEqual(greeting);

    const yes = { ...inProgress, Digits: '1' };
    const second = await world.webhook(`/twilio/voice/${attemptId}/1?after=gather`, yes);
    const [third, again] = await Promise.all([
      world.webhook(`/twilio/voice/${attemptId}/2?after=gather`, yes),
      world.webhook(`/twilio/voice/${attemptId}/2?after=gather`, yes),
    ]);
    expect(third).toEqual(again);
    expect(third.body).not.toBe(second.body);
    const decision = await world.peer.hear(CallDecisionMade, { attemptId });
    expect(decision.payload.instructions).toMatchObject({ present: { value: true, source: 'keys', confidence: 1 } });
    expect((await world.peer.call(GetCallRpc, { attemptId })).turns).toHaveLength(3);
    expect(world.peer.told(CallDecisionMade, { attemptId })).toHaveLength(1);
  });

  it.concurrent('keeps what was said when the customer hangs up half-way', async () => {
    const call = await placed();
    const { attemptId } = call.request;
    const yes = { ...callOf(call, 'in-progress'), Digits: '1' };
    await world.webhook(`/twilio/voice/${attemptId}`, callOf(call, 'in-progress'));
    await world.webhook(`/twilio/voice/${attemptId}/1?after=gather`, yes);
    await world.webhook(`/twilio/voice/${attemptId}/2?after=gather`, yes);
    await world.webhook(statusPath(call), { ...callOf(call, 'completed'), CallDuration: '17' });
    const { payload } = await world.peer.hear(CallCompleted, { attemptId });
    expect(payload).toMatchObject({
      outcome: 'answered',
      conversationFinished: false,
      durationSeconds: 17,
      recordingExpected: true,
      instructions: { present: { value: true } },
    });
  });

  describe('when the customer hangs up before they decided anything', () => {
    const ended = { CallDuration: '6', SipResponseCode: '200', SequenceNumber: '3' };
    const outcomeOf = async ({ request: { attemptId } }: Placed): Promise<string> =>
      (await world.peer.hear(CallCompleted, { attemptId })).payload.outcome;
    const greeted = async (): Promise<Placed> => {
      const call = await placed();
      await world.webhook(`/twilio/voice/${call.request.attemptId}`, callOf(call, 'in-progress'));
      return call;
    };
    const end = (call: Placed, more: Record<string, string> = {}): Promise<unknown> =>
      world.webhook(statusPath(call), { ...callOf(call, 'completed'), ...ended, ...more });

    it.concurrent('is `hung_up_early` during the first words, and also after words that answer nothing', async () => {
      const call = await greeted();
      await end(call);
      expect(await outcomeOf(call)).toBe('hung_up_early');
      const puzzled = await greeted();
      const speech = { ...callOf(puzzled, 'in-progress'), SpeechResult: 'hello?', Confidence: '0.9' };
      await world.webhook(`/twilio/voice/${puzzled.request.attemptId}/1?after=gather`, speech);
      await end(puzzled);
      expect(await outcomeOf(puzzled)).toBe('hung_up_early');
      const { outcome } = await world.peer.call(GetCallRpc, { attemptId: puzzled.request.attemptId });
      expect(outcome).toBe('hung_up_early');
    });

    it.concurrent('is `dropped` once they answered the first question, or were not asked it yet', async () => {
      const call = await greeted();
      const no = { ...callOf(call, 'in-progress'), Digits: '2' };
      await world.webhook(`/twilio/voice/${call.request.attemptId}/1?after=gather`, no);
      await end(call);
      expect(await outcomeOf(call)).toBe('dropped');
      const unasked = await placed();
      await world.webhook(statusPath(unasked), callOf(unasked, 'in-progress'));
      await end(unasked);
      expect(await outcomeOf(unasked)).toBe('dropped');
    });

    it.concurrent(
      'is `dropped` where the carrier asked at the fallback, before or after it reported the end',
      async () => {
        const call = await greeted();
        await world.webhook(`/twilio/fallback/${call.request.attemptId}`, callOf(call, 'in-progress'));
        await end(call);
        expect(await outcomeOf(call)).toBe('dropped');
        const late = await greeted();
        await end(late);
        await world.webhook(`/twilio/fallback/${late.request.attemptId}`, callOf(late, 'in-progress'));
        expect(await outcomeOf(late)).toBe('dropped');
      },
    );

    it.concurrent(
      'is `dropped` where a webhook of ours failed, the carrier names an error, or a dispatcher ended it',
      async () => {
        const failed = await greeted();
        const broken = { ...callOf(failed, 'in-progress'), CallStatus: 'exploded' };
        const answer = await world.webhook(`/twilio/voice/${failed.request.attemptId}/1?after=gather`, broken);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        await end(failed);
        expect(await outcomeOf(failed)).toBe('dropped');
        const faulty = await greeted();
        await end(faulty, { ErrorCode: '31005' });
        expect(await outcomeOf(faulty)).toBe('dropped');
        const ousted = await greeted();
        await world.peer.call(EndCallRpc, { attemptId: ousted.request.attemptId });
        await end(ousted);
        expect(await outcomeOf(ousted)).toBe('dropped');
      },
    );

    it.concurrent('is no hang-up of a person where a machine picked up, or where it lasted too long', async () => {
      const machine = await greeted();
      await world.webhook(`/twilio/amd/${machine.request.attemptId}`, {
        CallSid: machine.sid,
        AnsweredBy: 'machine_start',
      });
      await end(machine);
      expect(await outcomeOf(machine)).toBe('voicemail');
      const long = await greeted();
      await end(long, { CallDuration: '55' });
      expect(await outcomeOf(long)).toBe('dropped');
    });
  });

  it.concurrent(
    'comes to the same end and tells each thing once, in whatever order and number callbacks come',
    async () => {
      const orders = [
        ['initiated', 'ringing', 'in-progress', 'completed'],
        ['completed', 'in-progress', 'ringing', 'initiated'],
        ['in-progress', 'completed', 'completed', 'ringing', 'in-progress', 'initiated'],
      ];
      for (const order of orders) {
        const call = await placed();
        const { attemptId } = call.request;
        await world.webhook(`/twilio/voice/${attemptId}`, callOf(call, 'in-progress'));
        await Promise.all(order.map((status) => world.webhook(statusPath(call), callOf(call, status))));
        const { payload } = await world.peer.hear(CallCompleted, { attemptId });
        expect(payload.outcome).toBe('hung_up_early');
        for (const contract of [CallPlaced, CallAnswered, CallTurnTaken, CallCompleted]) {
          expect(world.peer.told(contract, { attemptId })).toHaveLength(1);
        }
        expect(world.peer.toldOf(attemptId).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
      }
    },
  );

  it.concurrent('STOP by SMS holds for calls of every organisation until START, and is kept', async () => {
    const phone = number();
    const write = (Body: string): Promise<{ status: number }> =>
      world.webhook('/twilio/sms/inbound', {
        MessageSid: `SM${randomBytes(16).toString('hex')}`,
        From: phone,
        To: OWN,
        Body,
      });
    expect((await write('Stop.')).status).toBe(200);
    const refused = await world.requestCall(phone);
    const { payload } = await world.peer.hear(CallRefused, { attemptId: refused.attemptId });
    expect(payload.rule).toBe('do_not_call');
    await write('START');
    await write('Leave it in the shed please');
    const { attemptId } = await world.requestCall(phone);
    await world.peer.hear(CallPlaced, { attemptId });
    const inbound = world.database.collection('inboundMessages').find({ from: phone });
    const kept = await inbound.sort({ receivedAt: 1 }).toArray();
    expect(kept.map((row) => row['keyword'] as unknown)).toEqual(['stop', 'start', undefined]);
  });

  // Last, and one after the other: these wait until all of the above have ended.
  describe('of a carrier that takes a request and does not answer it', () => {
    beforeEach(() => {
      carrier.silent = true;
    });
    afterEach(() => {
      carrier.silent = false;
    });

    it('callbacks that overtake the answer to their own create request find their call', async () => {
      const phone = number();
      const request = await world.requestCall(phone);
      await waitUntil(() => carrier.timesAsked(request.attemptId) > 0, {
        what: 'the create request',
        deadlineMs: 30_000,
      });
      const call: Placed = { request, sid: `CA${randomBytes(16).toString('hex')}` };
      await world.webhook(statusPath(call), callOf(call, 'busy'));
      const { payload } = await world.peer.hear(CallCompleted, { attemptId: request.attemptId });
      expect(payload.outcome).toBe('busy');
      expect(world.peer.told(CallPlaced, { attemptId: request.attemptId })[0]?.payload.carrierCallId).toBe(call.sid);
    });

    it('a process killed between intent and effect judges by the listing, and asks the carrier once only', async () => {
      const phone = number();
      const request = await world.requestCall(phone);
      await waitUntil(() => carrier.timesAsked(request.attemptId) > 0, {
        what: 'the create request',
        deadlineMs: 30_000,
      });
      await world.telephony.kill9();
      const waiting = await world.requestCall(phone);
      await world.telephony.start();

      const { payload } = await world.peer.hear(CallCompleted, { attemptId: request.attemptId }, 30_000);
      expect(payload.outcome).toBe('not_placed');
      // Another attempt to the number waited until the first was certain.
      carrier.silent = false;
      await waitUntil(() => carrier.timesAsked(waiting.attemptId) > 0, {
        what: 'the second attempt to be dialled',
        deadlineMs: 20_000,
      });
      expect(carrier.timesAsked(request.attemptId)).toBe(1);
      expect(world.peer.told(CallRefused, { attemptId: waiting.attemptId })).toHaveLength(0);
    }, 90_000);
  });
});
