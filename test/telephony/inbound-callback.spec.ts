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
import { OWN_NUMBER, TelephonyFixture } from './telephony-fixture.js';

const windowUntil = (end: number) => ({
  start: new Date(end - 3_600_000).toISOString(),
  end: new Date(end).toISOString(),
});
const SETTINGS = { RING_SECONDS: '5' };

describe('an inbound callback', () => {
  let fixture: TelephonyFixture;

  beforeAll(async () => {
    fixture = await TelephonyFixture.start(SETTINGS);
  });
  afterAll(() => fixture?.close());

  /** Calls a customer who does not answer. */
  async function callWithoutAnswer(
    persona: string,
    changes: Partial<CallRequestedPayload> = {},
  ): Promise<CallRequestedPayload> {
    const phone = await fixture.newCustomer(persona);
    const request = await fixture.requestCall(phone, changes);
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId: request.attemptId });
    expect(payload.outcome).toBe('no_answer');
    return request;
  }
  const begin = (from: string, callSid: string, signature: 'genuine' | 'forged' = 'genuine') =>
    fixture.webhook(
      '/twilio/calls/inbound',
      { CallSid: callSid, From: from, To: OWN_NUMBER, Direction: 'inbound', CallStatus: 'ringing' },
      signature,
    );
  const toSid = (n: number): string => `CA${String(n).padStart(32, '0')}`;

  it('is matched by its number and has the same conversation as a call by DelAuto', async () => {
    const { attemptId: calledAttemptId, deliveryId, phone } = await callWithoutAnswer('no_answer_first');
    const callSid = await fixture.callBack(phone);
    const attemptId = `in.${callSid}`;
    const received = await fixture.peer.waitForEvent(CallReceived, { attemptId });
    expect(received.payload).toEqual({ attemptId, deliveryId, ringBackOf: calledAttemptId, customerId: 'cus_1' });
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(payload).toMatchObject({
      deliveryId,
      outcome: 'answered',
      customerCalled: true,
      conversationFinished: true,
    });
    expect(payload.instructions?.present?.value).toBe(false);
    expect(fixture.peer.findEvents(CallDecisionMade, { attemptId }).length).toBeGreaterThan(0);
    // The customer placed this call, so there are no events about placing and answering it.
    for (const contract of [CallPlaced, CallAnswered])
      expect(fixture.peer.findEvents(contract, { attemptId })).toEqual([]);
    expect(await fixture.listRings(phone)).toHaveLength(1);

    const call = await fixture.peer.call(GetCallRpc, { attemptId });
    expect(call.turns[0]?.said[0]).toMatch(/thanks for calling back.*Northwind/);
    const { payload: recording } = await fixture.peer.waitForEvent(RecordingStored, { attemptId });
    expect(recording).toMatchObject({ deliveryId, customerChannel: 0 });
  });

  it('ends with a goodbye if the window has ended, if there was no call, or if the delivery was canceled', async () => {
    const expired = await callWithoutAnswer('no_answer_first', { window: windowUntil(Date.now() + 8_000) });
    await waitUntil(() => Date.now() > Date.parse(expired.window.end), {
      what: 'the window to end',
    });
    const canceled = await callWithoutAnswer('no_answer_first');
    const { deliveryId } = canceled;
    await fixture.peer.publish(
      DeliveryCanceled,
      deliveryId,
      { deliveryId, reference: 'ORDER-1', reason: 'partner' },
      2,
    );
    await waitUntil(
      async () =>
        (await fixture.database.collection('calledOffDeliveries').findOne({ _id: deliveryId as never }))?.[
          'calledOff'
        ] === 2,
      { what: 'the delivery to be canceled' },
    );
    const calls = await fixture.database.collection('callLogs').countDocuments();
    for (const [n, from] of [expired.phone, canceled.phone, '+13125559999'].entries()) {
      const { status, body } = await begin(from, toSid(n));
      expect(status).toBe(200);
      expect(body).toMatch(/none that we have a question about.*Gracias por llamar.*<Hangup\/>/s);
    }
    expect(await fixture.database.collection('callLogs').countDocuments()).toBe(calls);
  });

  it('is one call even if the carrier repeats its webhook, and is rejected with a forged signature', async () => {
    const { phone } = await callWithoutAnswer('no_answer_first');
    expect((await begin(phone, toSid(10), 'forged')).status).toBe(403);
    const first = await begin(phone, toSid(10));
    const repeated = await Promise.all([1, 2, 3].map(() => begin(phone, toSid(10))));
    for (const { body } of repeated) expect(body).toBe(first.body);
    expect(fixture.peer.findEvents(CallReceived, { attemptId: `in.${toSid(10)}` })).toHaveLength(1);
    const row = await fixture.database.collection('callLogs').findOne({ _id: `in.${toSid(10)}` as never });
    // No call is placed to the customer during the inbound call.
    expect(row).toMatchObject({ openNumber: phone, ringBackOf: expect.any(String) as unknown });
  });

  it('concerns the latest call, even while that call still rings', async () => {
    const phone = await fixture.newCustomer('never_answers');
    await fixture.requestCall(phone);
    const { attemptId, deliveryId } = await fixture.requestCall(phone, {
      attemptId: 'dlv_later.1',
      deliveryId: 'dlv_later',
    });
    void attemptId;
    await waitUntil(async () => (await fixture.listRings(phone)).length > 0, {
      what: 'a call to be placed',
    });
    await begin(phone, toSid(20));
    const { payload } = await fixture.peer.waitForEvent(CallReceived, { attemptId: `in.${toSid(20)}` });
    const ringCount = (await fixture.listRings(phone)).length;
    expect(ringCount).toBeGreaterThan(0);
    expect([deliveryId, (await fixture.peer.call(GetCallRpc, { attemptId: payload.ringBackOf })).deliveryId]).toContain(
      payload.deliveryId,
    );
    const row = await fixture.database.collection('callLogs').findOne({ _id: `in.${toSid(20)}` as never });
    expect(row).not.toHaveProperty('openNumber');
  });
});
