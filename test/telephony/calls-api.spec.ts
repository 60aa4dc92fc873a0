import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CallCancelRequested,
  CallCompleted,
  CallIntervened,
  CallPlaced,
  CallRefused,
  CallTurnTaken,
  CancelCallRpc,
  DeliveryCanceled,
  EndCallRpc,
  GetCallRpc,
  ListCallsRpc,
  TakeOverCallRpc,
  type Call,
  type CallPage,
  type CallRequestedPayload,
  type ListCallsRequest,
} from '#libs/contracts/index.js';
import { ScriptedCarrier } from './scripted-carrier.js';
import { TelephonyFixture } from './telephony-fixture.js';

const OWN_NUMBER = '+15005550006';
let phones = 1000;
const nextNumber = (): string => `+1312555${String((phones += 1))}`;

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
describe('the RPCs about calls', () => {
  async function placeCall(
    changes: Partial<CallRequestedPayload> = {},
  ): Promise<CallRequestedPayload & { sid: string }> {
    const request = await fixture.requestCall(nextNumber(), changes);
    const { payload } = await fixture.peer.waitForEvent(CallPlaced, { attemptId: request.attemptId });
    return { ...request, sid: payload.carrierCallId };
  }

  const report = (call: { attemptId: string; phone: string; sid: string }, CallStatus: string, fields: object = {}) =>
    fixture.webhook(`/twilio/status/${call.attemptId}?attemptId=${call.attemptId}`, {
      CallSid: call.sid,
      From: OWN_NUMBER,
      To: call.phone,
      Direction: 'outbound-api',
      CallStatus,
      ...fields,
    });

  const sendTurn = (call: { attemptId: string; phone: string; sid: string }, step: string, input: object) =>
    fixture.webhook(`/twilio/voice/${call.attemptId}${step}`, {
      CallSid: call.sid,
      From: OWN_NUMBER,
      To: call.phone,
      Direction: 'outbound-api',
      CallStatus: 'in-progress',
      ...input,
    });

  const get = (attemptId: string) => fixture.peer.call(GetCallRpc, { attemptId });
  const list = (query: Partial<ListCallsRequest>, organization?: string): Promise<CallPage> =>
    fixture.peer.call(ListCallsRpc, { limit: 50, ...query }, organization === undefined ? {} : { organization });
  const toIds = ({ items }: CallPage): string[] => items.map(({ attemptId }) => attemptId);

  it.concurrent('return one call with its timestamps and its conversation, with access codes masked', async () => {
    const call = await placeCall({ customerId: 'cus_reader' });
    await report(call, 'ringing');
    await sendTurn(call, '', {});
    await sendTurn(call, '/1?after=gather', { Digits: '1' });
    await sendTurn(call, '/2?after=gather', { Digits: '2' });
    await sendTurn(call, '/3?after=gather', {
      SpeechResult: 'put it in the shed, the gate code is 4271',
      Confidence: '0.9',
    });
    await report(call, 'completed', { CallDuration: '31' });
    await fixture.peer.waitForEvent(CallCompleted, { attemptId: call.attemptId });

    const read = await get(call.attemptId);
    expect(read).toMatchObject({
      deliveryId: call.deliveryId,
      customerId: 'cus_reader',
      attempt: 1,
      state: 'completed',
      carrierCallId: call.sid,
      durationSeconds: 31,
    });
    expect([read.requestedAt, read.dialedAt, read.ringingAt, read.answeredAt, read.endedAt]).not.toContain(undefined);
    expect(read.turns.map(({ heard }) => heard?.kind)).toEqual(['pickup', 'keys', 'keys', 'speech']);
    expect(read.turns[0]?.said.join(' ')).toContain('Northwind');
    expect(read.turns[1]?.heard).toMatchObject({ text: '1' });
    expect(read.decisions[0]).toMatchObject({ kind: 'recording_consent', question: 'consent', value: 'yes' });
    const json = JSON.stringify(read);
    expect(json).toContain('the gate code is ••••');
    expect(json).not.toContain('4271');
  });

  it.concurrent('return the rule by which a call was refused', async () => {
    const { attemptId } = await fixture.requestCall(nextNumber(), { callsFromMinute: 0, callsUntilMinute: 1 });
    await fixture.peer.waitForEvent(CallRefused, { attemptId });
    expect(await get(attemptId)).toMatchObject({ state: 'refused', refusal: { rule: 'no_common_hours' }, turns: [] });
    expect(toIds(await list({ outcome: 'refused' }))).toEqual([attemptId]);
  });

  it.concurrent(
    'list calls newest first, in pages that stay stable while calls are added, and by every filter',
    async () => {
      const customerId = 'cus_lister';
      const calls: CallRequestedPayload[] = [];
      for (let count = 0; count < 5; count += 1) calls.push(await placeCall({ customerId }));
      const newestFirst = calls.map(({ attemptId }) => attemptId).reverse();

      const first = await list({ customerId, limit: 2 });
      const late = await placeCall({ customerId });
      const second = await list({ customerId, limit: 2, cursor: first.nextCursor ?? '' });
      const third = await list({ customerId, limit: 2, cursor: second.nextCursor ?? '' });
      expect([first, second, third].flatMap(toIds)).toEqual(newestFirst);
      expect(third.nextCursor).toBeUndefined();

      const [delivery] = calls;
      expect(toIds(await list({ deliveryId: delivery?.deliveryId ?? '' }))).toEqual([delivery?.attemptId]);
      await report(late, 'busy');
      await fixture.peer.waitForEvent(CallCompleted, { attemptId: late.attemptId });
      expect(toIds(await list({ customerId, outcome: 'busy' }))).toEqual([late.attemptId]);
      const requestedAt = (await get(newestFirst[0] ?? '')).requestedAt;
      expect(toIds(await list({ customerId, to: requestedAt }))).toEqual(newestFirst.slice(1));
      expect(toIds(await list({ customerId, from: requestedAt }))).toEqual([late.attemptId, newestFirst[0]]);
      await expect(list({ customerId, cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'invalid_request' });
    },
  );

  // Not concurrent, because the database chooses an index by the documents that exist.
  it('read every list from an index, in index order', async () => {
    const callLogs = fixture.database.collection('callLogs');
    const filters = [
      {},
      { deliveryId: 'dlv_1' },
      { 'request.customerId': 'cus_lister' },
      { 'call.outcome': 'busy' },
      { 'refusal.rule': { $exists: true } },
      { acceptedAt: { $lt: new Date() } },
    ];
    for (const filter of filters) {
      const plan = await callLogs
        .find({ organizationId: 'org_test', ...filter })
        .sort({ acceptedAt: -1, _id: -1 })
        .limit(3)
        .explain('executionStats');
      const stats = plan['executionStats'] as { totalKeysExamined: number };
      const { winningPlan } = plan['queryPlanner'] as { winningPlan: object };
      expect(JSON.stringify(winningPlan)).not.toMatch(/"SORT"|COLLSCAN/);
      expect(stats.totalKeysExamined).toBeLessThanOrEqual(3);
    }
  });

  it.concurrent('hide calls from other organizations, which cannot cancel them either', async () => {
    const call = await placeCall();
    const { attemptId } = call;
    const organization = 'org_other';
    await expect(fixture.peer.call(GetCallRpc, { attemptId }, { organization })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(fixture.peer.call(CancelCallRpc, { attemptId }, { organization })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await list({}, organization)).toEqual({ items: [] });
    expect((await get(attemptId)).cancelRequestedAt).toBeUndefined();
  });

  const cancel = (attemptId: string, expectedRevision?: number): Promise<Call> =>
    fixture.peer.call(CancelCallRpc, { attemptId, ...(expectedRevision === undefined ? {} : { expectedRevision }) });

  describe('cancel', () => {
    it.concurrent('an attempt that waits for its number, which is then never dialed', async () => {
      const phone = nextNumber();
      const first = await placeCall({ phone });
      const { attemptId } = await fixture.requestCall(phone);
      await waitUntil(async () => (await list({ deliveryId: attemptId.slice(0, -2) })).items.length === 1, {
        what: 'the second attempt to be accepted',
      });
      expect(await cancel(attemptId)).toMatchObject({ state: 'completed', outcome: 'canceled' });
      const completed = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
      expect(completed.payload).toMatchObject({ outcome: 'canceled', durationSeconds: 0 });
      expect(fixture.peer.findEvents(CallCancelRequested, { attemptId })).toMatchObject([
        { payload: { beforeDialing: true }, sequence: 1 },
      ]);
      await report(first, 'completed');
      // The attempt's queued work ends without dialing, once its number is free.
      await waitUntil(
        async () =>
          (await fixture.database.collection('work').countDocuments({
            kind: 'dial-customer',
            'payload.attemptId': attemptId,
            state: { $ne: 'done' },
          })) === 0,
        { what: 'the dial work to be discarded' },
      );
      expect(carrier.countCreateRequests(attemptId)).toBe(0);
    });

    it.concurrent('a ringing call through the carrier; a repeated request has no effect', async () => {
      const call = await placeCall();
      await report(call, 'ringing');
      const requested = await cancel(call.attemptId);
      expect(requested).toMatchObject({ state: 'ringing' });
      expect(requested.cancelRequestedAt).toBeDefined();
      expect(await cancel(call.attemptId)).toEqual(requested);
      await waitUntil(() => carrier.ended.includes(`${call.sid} canceled`), {
        what: 'the carrier to receive the request',
      });
      await report(call, 'canceled');
      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: call.attemptId });
      expect(payload.outcome).toBe('canceled');
      expect(await cancel(call.attemptId)).toMatchObject({ outcome: 'canceled' });
      expect(fixture.peer.findEvents(CallCancelRequested, { attemptId: call.attemptId })).toHaveLength(1);
      expect(carrier.ended.filter((what) => what.startsWith(call.sid))).toHaveLength(1);
      expect(carrier.countCreateRequests(call.attemptId)).toBe(1);
    });

    it.concurrent('the ringing calls of a canceled delivery, and no others', async () => {
      const [call, other] = [await placeCall(), await placeCall()];
      const { deliveryId, reference } = call;
      await fixture.peer.publish(DeliveryCanceled, deliveryId, { deliveryId, reference });
      await waitUntil(() => carrier.ended.includes(`${call.sid} canceled`), {
        what: 'the carrier to receive the request',
      });
      await report(call, 'canceled');
      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: call.attemptId });
      expect(payload.outcome).toBe('canceled');
      expect((await get(other.attemptId)).cancelRequestedAt).toBeUndefined();
    });

    it.concurrent(
      'a call that was requested before the cancellation but arrives after it, and not one requested later',
      async () => {
        const deliveryId = 'dlv_canceled';
        await fixture.peer.publish(DeliveryCanceled, deliveryId, { deliveryId, reference: 'R-1' }, 5);
        const before = await fixture.requestCall(nextNumber(), { deliveryId }, 4);
        const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: before.attemptId });
        expect(payload.outcome).toBe('canceled');
        const after = await fixture.requestCall(nextNumber(), { deliveryId }, 6);
        await fixture.peer.waitForEvent(CallPlaced, { attemptId: after.attemptId });
        expect(carrier.countCreateRequests(before.attemptId)).toBe(0);
      },
    );

    it.concurrent('neither an answered call, nor an ended one, nor one that changed since it was read', async () => {
      const call = await placeCall();
      await expect(cancel(call.attemptId, 99)).rejects.toMatchObject({ code: 'revision_mismatch' });
      await sendTurn(call, '', {});
      await expect(cancel(call.attemptId)).rejects.toMatchObject({ code: 'call_answered' });
      await report(call, 'completed', { CallDuration: '3' });
      await fixture.peer.waitForEvent(CallCompleted, { attemptId: call.attemptId });
      await expect(cancel(call.attemptId)).rejects.toMatchObject({ code: 'call_over' });
      expect(carrier.ended.filter((what) => what.startsWith(call.sid))).toHaveLength(0);
    });
  });

  describe('a dispatcher', () => {
    const takeOver = (attemptId: string): Promise<Call> => fixture.peer.call(TakeOverCallRpc, { attemptId });
    const end = (attemptId: string): Promise<Call> => fixture.peer.call(EndCallRpc, { attemptId });
    const answerCall = async (changes: Partial<CallRequestedPayload> = {}) => {
      const call = await placeCall(changes);
      await report(call, 'ringing');
      await sendTurn(call, '', {});
      await sendTurn(call, '/1?after=gather', { Digits: '1' });
      return call;
    };

    it.concurrent('receives each turn of the conversation as it happens', async () => {
      const call = await answerCall();
      await sendTurn(call, '/2?after=gather', { SpeechResult: 'the gate code is 4271', Confidence: '0.9' });
      const turns = await waitUntil(
        () => {
          const events = fixture.peer.findEvents(CallTurnTaken, { attemptId: call.attemptId });
          return events.length === 3 && events.map(({ payload }) => payload.turn);
        },
        { what: 'three turns' },
      );
      expect(turns.map(({ heard }) => heard?.kind)).toEqual(['pickup', 'keys', 'speech']);
      expect(turns[0]?.said.join(' ')).toContain('Northwind');
    });

    it.concurrent(
      'takes over a conversation: the customer is notified and connected to the organization’s number',
      async () => {
        const call = await answerCall({ transferNumber: '+13125550177' });
        const requested = await takeOver(call.attemptId);
        expect(await takeOver(call.attemptId)).toEqual(requested);
        const { url } = await waitUntil(() => carrier.redirected.find(({ sid }) => sid === call.sid), {
          what: 'the carrier to receive the redirect',
        });
        const { pathname, search } = new URL(url);
        const form = {
          CallSid: call.sid,
          From: OWN_NUMBER,
          To: call.phone,
          Direction: 'outbound-api',
          CallStatus: 'in-progress',
        };
        const { body } = await fixture.webhook(`${pathname}${search}`, form);
        expect(body).toMatch(/a colleague would like to talk to you.*<Dial[^>]*><Number>\+13125550177/s);
        // The carrier repeats the request after its own timeout.
        expect((await fixture.webhook(`${pathname}${search}`, form)).body).toBe(body);
        await fixture.webhook(`/twilio/voice/${call.attemptId}/3?after=dial`, { ...form, DialCallStatus: 'completed' });
        await report(call, 'completed', { CallDuration: '61' });
        const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: call.attemptId });
        expect(payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
        expect(carrier.redirected.filter(({ sid }) => sid === call.sid)).toHaveLength(1);
        expect(fixture.peer.findEvents(CallIntervened, { attemptId: call.attemptId })).toHaveLength(1);
      },
    );

    it.concurrent('ends a call, and keeps the instructions given so far', async () => {
      const call = await answerCall();
      await sendTurn(call, '/2?after=gather', { Digits: '2' });
      await end(call.attemptId);
      await waitUntil(() => carrier.ended.includes(`${call.sid} completed`), {
        what: 'the carrier to hang up',
      });
      await report(call, 'completed', { CallDuration: '12' });
      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: call.attemptId });
      expect(payload.instructions?.present?.value).toBe(false);
      await expect(end(call.attemptId)).resolves.toMatchObject({ state: 'completed' });
    });

    it.concurrent(
      'can do neither before the call is answered nor after its end, nor take over without a number',
      async () => {
        const ringing = await placeCall();
        await report(ringing, 'ringing');
        for (const intervene of [takeOver, end])
          await expect(intervene(ringing.attemptId)).rejects.toMatchObject({ code: 'call_not_answered' });
        await report(ringing, 'busy');
        await fixture.peer.waitForEvent(CallCompleted, { attemptId: ringing.attemptId });
        for (const intervene of [takeOver, end])
          await expect(intervene(ringing.attemptId)).rejects.toMatchObject({ code: 'call_over' });
        const { attemptId } = await answerCall();
        await expect(takeOver(attemptId)).rejects.toMatchObject({ code: 'no_dispatcher_phone' });
      },
    );
  });

  // Last and not concurrent, because the carrier stops responding to all create requests.
  it('cancel a call with an unknown result, so that no other call follows', async () => {
    carrier.silent = true;
    const { attemptId } = await fixture.requestCall(nextNumber());
    await waitUntil(() => carrier.countCreateRequests(attemptId) === 1, {
      what: 'the dial request to arrive',
    });
    await cancel(attemptId);
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(payload.outcome).toBe('canceled');
    expect(carrier.countCreateRequests(attemptId)).toBe(1);
  });
});
