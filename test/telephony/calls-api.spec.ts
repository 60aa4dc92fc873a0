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
import { TelephonyWorld } from './telephony-world.js';

const OWN = '+15005550006';
let phones = 1000;
const number = (): string => `+1312555${String((phones += 1))}`;

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
describe('what may be asked of calls, and how they are called off', () => {
  async function placed(changes: Partial<CallRequestedPayload> = {}): Promise<CallRequestedPayload & { sid: string }> {
    const request = await world.requestCall(number(), changes);
    const { payload } = await world.peer.hear(CallPlaced, { attemptId: request.attemptId });
    return { ...request, sid: payload.carrierCallId };
  }

  const report = (call: { attemptId: string; phone: string; sid: string }, CallStatus: string, more: object = {}) =>
    world.webhook(`/twilio/status/${call.attemptId}?attemptId=${call.attemptId}`, {
      ...{ CallSid: call.sid, From: OWN, To: call.phone, Direction: 'outbound-api', CallStatus },
      ...more,
    });

  const speak = (call: { attemptId: string; phone: string; sid: string }, step: string, said: object) =>
    world.webhook(`/twilio/voice/${call.attemptId}${step}`, {
      ...{ CallSid: call.sid, From: OWN, To: call.phone, Direction: 'outbound-api', CallStatus: 'in-progress' },
      ...said,
    });

  const get = (attemptId: string) => world.peer.call(GetCallRpc, { attemptId });
  const list = (query: Partial<ListCallsRequest>, organization?: string): Promise<CallPage> =>
    world.peer.call(ListCallsRpc, { limit: 50, ...query }, organization === undefined ? {} : { organization });
  const idsOf = ({ items }: CallPage): string[] => items.map(({ attemptId }) => attemptId);

  it.concurrent('one call shows its course and its conversation, with what opens a door covered', async () => {
    const call = await placed({ customerId: 'cus_reader' });
    await report(call, 'ringing');
    await speak(call, '', {});
    await speak(call, '/1?after=gather', { Digits: '1' });
    await speak(call, '/2?after=gather', { Digits: '2' });
    await speak(call, '/3?after=gather', {
      SpeechResult: 'put it in the shed, the gate code is 4271',
      Confidence: '0.9',
    });
    await report(call, 'completed', { CallDuration: '31' });
    await world.peer.hear(CallCompleted, { attemptId: call.attemptId });

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
    const whole = JSON.stringify(read);
    expect(whole).toContain('the gate code is ••••');
    expect(whole).not.toContain('4271');
  });

  it.concurrent('one that was refused says by which rule', async () => {
    const { attemptId } = await world.requestCall(number(), { callsFromMinute: 0, callsUntilMinute: 1 });
    await world.peer.hear(CallRefused, { attemptId });
    expect(await get(attemptId)).toMatchObject({ state: 'refused', refusal: { rule: 'no_common_hours' }, turns: [] });
    expect(idsOf(await list({ outcome: 'refused' }))).toEqual([attemptId]);
  });

  it.concurrent('lists the latest first, page by page, stable while more are made, and by every filter', async () => {
    const customerId = 'cus_lister';
    const calls: CallRequestedPayload[] = [];
    for (let count = 0; count < 5; count += 1) calls.push(await placed({ customerId }));
    const newestFirst = calls.map(({ attemptId }) => attemptId).reverse();

    const first = await list({ customerId, limit: 2 });
    const late = await placed({ customerId });
    const second = await list({ customerId, limit: 2, cursor: first.nextCursor ?? '' });
    const third = await list({ customerId, limit: 2, cursor: second.nextCursor ?? '' });
    expect([first, second, third].flatMap(idsOf)).toEqual(newestFirst);
    expect(third.nextCursor).toBeUndefined();

    const [delivery] = calls;
    expect(idsOf(await list({ deliveryId: delivery?.deliveryId ?? '' }))).toEqual([delivery?.attemptId]);
    await report(late, 'busy');
    await world.peer.hear(CallCompleted, { attemptId: late.attemptId });
    expect(idsOf(await list({ customerId, outcome: 'busy' }))).toEqual([late.attemptId]);
    const requestedAt = (await get(newestFirst[0] ?? '')).requestedAt;
    expect(idsOf(await list({ customerId, to: requestedAt }))).toEqual(newestFirst.slice(1));
    expect(idsOf(await list({ customerId, from: requestedAt }))).toEqual([late.attemptId, newestFirst[0]]);
    await expect(list({ customerId, cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  // In its turn: the database chooses an index by what there is.
  it('every list is served by an index that holds its order', async () => {
    const callLogs = world.database.collection('callLogs');
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

  it.concurrent('another organisation sees nothing of all this, and ends nothing', async () => {
    const call = await placed();
    const { attemptId } = call;
    const organization = 'org_other';
    await expect(world.peer.call(GetCallRpc, { attemptId }, { organization })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(world.peer.call(CancelCallRpc, { attemptId }, { organization })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await list({}, organization)).toEqual({ items: [] });
    expect((await get(attemptId)).cancelRequestedAt).toBeUndefined();
  });

  const cancel = (attemptId: string, expectedRevision?: number): Promise<Call> =>
    world.peer.call(CancelCallRpc, { attemptId, ...(expectedRevision === undefined ? {} : { expectedRevision }) });

  describe('calling off', () => {
    it.concurrent('an attempt that waits for its number ends it, and it is never dialled', async () => {
      const phone = number();
      const first = await placed({ phone });
      const { attemptId } = await world.requestCall(phone);
      await waitUntil(async () => (await list({ deliveryId: attemptId.slice(0, -2) })).items.length === 1, {
        what: 'the second attempt to be accepted',
        deadlineMs: 30_000,
      });
      expect(await cancel(attemptId)).toMatchObject({ state: 'completed', outcome: 'canceled' });
      const completed = await world.peer.hear(CallCompleted, { attemptId });
      expect(completed.payload).toMatchObject({ outcome: 'canceled', durationSeconds: 0 });
      expect(world.peer.told(CallCancelRequested, { attemptId })).toMatchObject([
        { payload: { beforeDialing: true }, sequence: 1 },
      ]);
      await report(first, 'completed');
      // Work of the queue for this attempt ends without dialling, once its number is free.
      await waitUntil(
        async () =>
          (await world.database.collection('work').countDocuments({
            kind: 'dial-customer',
            'payload.attemptId': attemptId,
            state: { $ne: 'done' },
          })) === 0,
        { what: 'the dialling to be dropped', deadlineMs: 15_000 },
      );
      expect(carrier.timesAsked(attemptId)).toBe(0);
    });

    it.concurrent('one that rings has the carrier end it; asking again changes nothing', async () => {
      const call = await placed();
      await report(call, 'ringing');
      const asked = await cancel(call.attemptId);
      expect(asked).toMatchObject({ state: 'ringing' });
      expect(asked.cancelRequestedAt).toBeDefined();
      expect(await cancel(call.attemptId)).toEqual(asked);
      await waitUntil(() => carrier.ended.includes(`${call.sid} canceled`), {
        what: 'the carrier to be asked',
        deadlineMs: 30_000,
      });
      await report(call, 'canceled');
      const { payload } = await world.peer.hear(CallCompleted, { attemptId: call.attemptId });
      expect(payload.outcome).toBe('canceled');
      expect(await cancel(call.attemptId)).toMatchObject({ outcome: 'canceled' });
      expect(world.peer.told(CallCancelRequested, { attemptId: call.attemptId })).toHaveLength(1);
      expect(carrier.ended.filter((what) => what.startsWith(call.sid))).toHaveLength(1);
      expect(carrier.timesAsked(call.attemptId)).toBe(1);
    });

    it.concurrent('everything that rings about a delivery that was canceled, and nothing else', async () => {
      const [call, other] = [await placed(), await placed()];
      const { deliveryId, reference } = call;
      await world.peer.tell(DeliveryCanceled, deliveryId, { deliveryId, reference });
      await waitUntil(() => carrier.ended.includes(`${call.sid} canceled`), {
        what: 'the carrier to be asked',
        deadlineMs: 30_000,
      });
      await report(call, 'canceled');
      const { payload } = await world.peer.hear(CallCompleted, { attemptId: call.attemptId });
      expect(payload.outcome).toBe('canceled');
      expect((await get(other.attemptId)).cancelRequestedAt).toBeUndefined();
    });

    it.concurrent(
      'one whose request comes after the cancellation it was made before; not one that was made after it',
      async () => {
        const deliveryId = 'dlv_called_off';
        await world.peer.tell(DeliveryCanceled, deliveryId, { deliveryId, reference: 'R-1' }, 5);
        const before = await world.requestCall(number(), { deliveryId }, 4);
        const { payload } = await world.peer.hear(CallCompleted, { attemptId: before.attemptId });
        expect(payload.outcome).toBe('canceled');
        const after = await world.requestCall(number(), { deliveryId }, 6);
        await world.peer.hear(CallPlaced, { attemptId: after.attemptId });
        expect(carrier.timesAsked(before.attemptId)).toBe(0);
      },
    );

    it.concurrent(
      'refuses one that was answered, one that is over, and one that has changed since it was seen',
      async () => {
        const call = await placed();
        await expect(cancel(call.attemptId, 99)).rejects.toMatchObject({ code: 'revision_mismatch' });
        await speak(call, '', {});
        await expect(cancel(call.attemptId)).rejects.toMatchObject({ code: 'call_answered' });
        await report(call, 'completed', { CallDuration: '3' });
        await world.peer.hear(CallCompleted, { attemptId: call.attemptId });
        await expect(cancel(call.attemptId)).rejects.toMatchObject({ code: 'call_over' });
        expect(carrier.ended.filter((what) => what.startsWith(call.sid))).toHaveLength(0);
      },
    );
  });

  describe('a dispatcher', () => {
    const takeOver = (attemptId: string): Promise<Call> => world.peer.call(TakeOverCallRpc, { attemptId });
    const end = (attemptId: string): Promise<Call> => world.peer.call(EndCallRpc, { attemptId });
    const answered = async (changes: Partial<CallRequestedPayload> = {}) => {
      const call = await placed(changes);
      await report(call, 'ringing');
      await speak(call, '', {});
      await speak(call, '/1?after=gather', { Digits: '1' });
      return call;
    };

    it.concurrent('watches what is said, as it is said', async () => {
      const call = await answered();
      await speak(call, '/2?after=gather', { SpeechResult: 'the gate code is 4271', Confidence: '0.9' });
      const turns = await waitUntil(
        () => {
          const told = world.peer.told(CallTurnTaken, { attemptId: call.attemptId });
          return told.length === 3 && told.map(({ payload }) => payload.turn);
        },
        { what: 'three turns', deadlineMs: 30_000 },
      );
      expect(turns.map(({ heard }) => heard?.kind)).toEqual(['pickup', 'keys', 'speech']);
      expect(turns[0]?.said.join(' ')).toContain('Northwind');
    });

    it.concurrent(
      'takes a conversation over: the customer is told, and connected with the organisation’s number',
      async () => {
        const call = await answered({ transferNumber: '+13125550177' });
        const asked = await takeOver(call.attemptId);
        expect(await takeOver(call.attemptId)).toEqual(asked);
        const { url } = await waitUntil(() => carrier.redirected.find(({ sid }) => sid === call.sid), {
          what: 'the carrier to be told',
          deadlineMs: 30_000,
        });
        const { pathname, search } = new URL(url);
        const form = {
          CallSid: call.sid,
          From: OWN,
          To: call.phone,
          Direction: 'outbound-api',
          CallStatus: 'in-progress',
        };
        const { body } = await world.webhook(`${pathname}${search}`, form);
        expect(body).toMatch(/a colleague would like to talk to you.*<Dial[^>]*><Number>\+13125550177/s);
        // The carrier asks again after a time-out of its own.
        expect((await world.webhook(`${pathname}${search}`, form)).body).toBe(body);
        await world.webhook(`/twilio/voice/${call.attemptId}/3?after=dial`, { ...form, DialCallStatus: 'completed' });
        await report(call, 'completed', { CallDuration: '61' });
        const { payload } = await world.peer.hear(CallCompleted, { attemptId: call.attemptId });
        expect(payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
        expect(carrier.redirected.filter(({ sid }) => sid === call.sid)).toHaveLength(1);
        expect(world.peer.told(CallIntervened, { attemptId: call.attemptId })).toHaveLength(1);
      },
    );

    it.concurrent('ends one: what was said by then counts', async () => {
      const call = await answered();
      await speak(call, '/2?after=gather', { Digits: '2' });
      await end(call.attemptId);
      await waitUntil(() => carrier.ended.includes(`${call.sid} completed`), {
        what: 'the carrier to hang up',
        deadlineMs: 30_000,
      });
      await report(call, 'completed', { CallDuration: '12' });
      const { payload } = await world.peer.hear(CallCompleted, { attemptId: call.attemptId });
      expect(payload.instructions?.present?.value).toBe(false);
      await expect(end(call.attemptId)).resolves.toMatchObject({ state: 'completed' });
    });

    it.concurrent(
      'can do neither before somebody picks up nor after the end, nor take over without a number',
      async () => {
        const ringing = await placed();
        await report(ringing, 'ringing');
        for (const ask of [takeOver, end])
          await expect(ask(ringing.attemptId)).rejects.toMatchObject({ code: 'call_not_answered' });
        await report(ringing, 'busy');
        await world.peer.hear(CallCompleted, { attemptId: ringing.attemptId });
        for (const ask of [takeOver, end])
          await expect(ask(ringing.attemptId)).rejects.toMatchObject({ code: 'call_over' });
        const { attemptId } = await answered();
        await expect(takeOver(attemptId)).rejects.toMatchObject({ code: 'no_dispatcher_phone' });
      },
    );
  });

  // Last and alone: the carrier is silent to all.
  it('calling off one whose fate is unknown ends as canceled, so that no other follows', async () => {
    carrier.silent = true;
    const { attemptId } = await world.requestCall(number());
    await waitUntil(() => carrier.timesAsked(attemptId) === 1, { what: 'the dialling', deadlineMs: 30_000 });
    await cancel(attemptId);
    const { payload } = await world.peer.hear(CallCompleted, { attemptId });
    expect(payload.outcome).toBe('canceled');
    expect(carrier.timesAsked(attemptId)).toBe(1);
  });
});
