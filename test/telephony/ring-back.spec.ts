import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CallAnswered,
  CallCompleted,
  CallDecisionMade,
  CallPlaced,
  CallReceived,
  DeliveryCanceled,
  GetCallRpc,
  RecordingStored,
  type CallRequestedPayload,
} from '#libs/contracts/index.js';
import { OWN_NUMBER, TelephonyWorld } from './telephony-world.js';

const windowUntil = (end: number) => ({
  start: new Date(end - 3_600_000).toISOString(),
  end: new Date(end).toISOString(),
});
const NO_ANSWER = { RING_SECONDS: '5' };

describe('a customer who rings back', () => {
  let world: TelephonyWorld;

  beforeAll(async () => {
    world = await TelephonyWorld.start(NO_ANSWER);
  }, 120_000);
  afterAll(() => world?.close());

  /** Called, and did not pick up. */
  async function missed(persona: string, changes: Partial<CallRequestedPayload> = {}): Promise<CallRequestedPayload> {
    const phone = await world.customer(persona);
    const request = await world.requestCall(phone, changes);
    const { payload } = await world.peer.hear(CallCompleted, { attemptId: request.attemptId });
    expect(payload.outcome).toBe('no_answer');
    return request;
  }
  const begin = (from: string, callSid: string, signature: 'genuine' | 'forged' = 'genuine') =>
    world.webhook(
      '/twilio/calls/inbound',
      { CallSid: callSid, From: from, To: OWN_NUMBER, Direction: 'inbound', CallStatus: 'ringing' },
      signature,
    );
  const sid = (n: number): string => `CA${String(n).padStart(32, '0')}`;

  it('is known by the number and has the same conversation, which counts as contact', async () => {
    const { attemptId: called, deliveryId, phone } = await missed('no_answer_first');
    const callSid = await world.ringsUs(phone);
    const attemptId = `in.${callSid}`;
    const received = await world.peer.hear(CallReceived, { attemptId });
    expect(received.payload).toEqual({ attemptId, deliveryId, ringBackOf: called, customerId: 'cus_1' });
    const { payload } = await world.peer.hear(CallCompleted, { attemptId });
    expect(payload).toMatchObject({
      deliveryId,
      outcome: 'answered',
      customerCalled: true,
      conversationFinished: true,
    });
    expect(payload.instructions?.present?.value).toBe(false);
    expect(world.peer.told(CallDecisionMade, { attemptId }).length).toBeGreaterThan(0);
    // Nobody placed this call, and nobody picked it up.
    for (const contract of [CallPlaced, CallAnswered]) expect(world.peer.told(contract, { attemptId })).toEqual([]);
    expect(await world.ringsTo(phone)).toHaveLength(1);

    const call = await world.peer.call(GetCallRpc, { attemptId });
    expect(call.turns[0]?.said[0]).toMatch(/thank you for calling back.*Northwind/);
    const { payload: recording } = await world.peer.hear(RecordingStored, { attemptId });
    expect(recording).toMatchObject({ deliveryId, customerChannel: 0 });
  });

  it('is told goodbye when an answer helps no more, when there was no call, and when the delivery is off', async () => {
    const late = await missed('no_answer_first', { window: windowUntil(Date.now() + 8_000) });
    await waitUntil(() => Date.now() > Date.parse(late.window.end), {
      what: 'the answer to be too late',
      deadlineMs: 15_000,
    });
    const off = await missed('no_answer_first');
    const { deliveryId } = off;
    await world.peer.tell(DeliveryCanceled, deliveryId, { deliveryId, reference: 'ORDER-1', reason: 'partner' }, 2);
    await waitUntil(
      async () =>
        (await world.database.collection('calledOffDeliveries').findOne({ _id: deliveryId as never }))?.[
          'calledOff'
        ] === 2,
      { what: 'the delivery to be off', deadlineMs: 10_000 },
    );
    const calls = await world.database.collection('callLogs').countDocuments();
    for (const [n, from] of [late.phone, off.phone, '+13125559999'].entries()) {
      const { status, body } = await begin(from, sid(n));
      expect(status).toBe(200);
      expect(body).toMatch(/none that we have a question about.*Gracias por llamar.*<Hangup\/>/s);
    }
    expect(await world.database.collection('callLogs').countDocuments()).toBe(calls);
  });

  it('is one call however often the carrier asks, and nobody’s when the carrier did not', async () => {
    const { phone } = await missed('no_answer_first');
    expect((await begin(phone, sid(10), 'forged')).status).toBe(403);
    const first = await begin(phone, sid(10));
    const again = await Promise.all([1, 2, 3].map(() => begin(phone, sid(10))));
    for (const { body } of again) expect(body).toBe(first.body);
    expect(world.peer.told(CallReceived, { attemptId: `in.${sid(10)}` })).toHaveLength(1);
    const row = await world.database.collection('callLogs').findOne({ _id: `in.${sid(10)}` as never });
    // While they are on the line nobody rings them.
    expect(row).toMatchObject({ openNumber: phone, ringBackOf: expect.any(String) as unknown });
  });

  it('is talked to about the latest call, also while that one rings', async () => {
    const phone = await world.customer('never_answers');
    await world.requestCall(phone);
    const { attemptId, deliveryId } = await world.requestCall(phone, {
      attemptId: 'dlv_later.1',
      deliveryId: 'dlv_later',
    });
    void attemptId;
    await waitUntil(async () => (await world.ringsTo(phone)).length > 0, { what: 'a call', deadlineMs: 10_000 });
    await begin(phone, sid(20));
    const { payload } = await world.peer.hear(CallReceived, { attemptId: `in.${sid(20)}` });
    const rung = (await world.ringsTo(phone)).length;
    expect(rung).toBeGreaterThan(0);
    expect([deliveryId, (await world.peer.call(GetCallRpc, { attemptId: payload.ringBackOf })).deliveryId]).toContain(
      payload.deliveryId,
    );
    const row = await world.database.collection('callLogs').findOne({ _id: `in.${sid(20)}` as never });
    expect(row).not.toHaveProperty('openNumber');
  });
});
