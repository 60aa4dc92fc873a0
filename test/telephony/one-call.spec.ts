import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CallAnswered,
  CallCompleted,
  CallDecisionMade,
  CallPlaced,
  CallRefused,
  CallTurnTaken,
  CustomerOptedOut,
  GetCallRpc,
  GetDeliveryAgentRpc,
  GetRecordingRpc,
  GetRecordingLinkRpc,
  ListRecordingsRpc,
  MessageStatusChanged,
  RecordingExpired,
  RecordingStored,
  SmsRequested,
  type DeliveryAgent,
} from '#libs/contracts/index.js';
import { S3ObjectStore } from '#libs/adapters/object-store/s3/s3-object-store.js';
import { TelephonyFixture } from './telephony-fixture.js';

let fixture: TelephonyFixture;

beforeAll(async () => {
  fixture = await TelephonyFixture.start();
});

afterAll(async () => {
  await fixture?.close();
});

// A conversation takes seconds of waiting, so these tests run concurrently.
describe('a call from request to recording, with real servers and webhooks', () => {
  it.concurrent('has a conversation, is recorded, and publishes each event once and in order', async () => {
    const phone = await fixture.newCustomer('speaks_neighbour');
    const { attemptId, deliveryId } = await fixture.requestCall(phone, { alternativeWindows: [] });

    const completed = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(completed.payload).toMatchObject({
      outcome: 'answered',
      conversationFinished: true,
      recordingExpected: true,
      instructions: { present: { value: false, source: 'speech' }, safePlace: { value: 'neighbour' } },
    });
    const stored = await fixture.peer.waitForEvent(RecordingStored, { attemptId });
    expect(stored.payload).toMatchObject({ deliveryId, customerChannel: 0, language: 'en' });
    const events = fixture.peer.listEvents(attemptId);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    for (const contract of [CallPlaced, CallAnswered, CallCompleted]) {
      expect(fixture.peer.findEvents(contract, { attemptId })).toHaveLength(1);
    }
    expect(await fixture.listRings(phone)).toHaveLength(1);
  });

  it.concurrent('keeps the recording’s bytes in the object store and no copy at the carrier', async () => {
    const phone = await fixture.newCustomer('speaks_instructions');
    const { attemptId } = await fixture.requestCall(phone);

    const { payload } = await fixture.peer.waitForEvent(RecordingStored, { attemptId });
    const { recordingId, sha256 } = payload;
    const { url } = await fixture.peer.call(GetRecordingLinkRpc, { recordingId });
    const downloaded = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(downloaded).toHaveLength(payload.sizeBytes);
    expect(createHash('sha256').update(downloaded).digest('hex')).toBe(sha256);
    expect(downloaded.subarray(0, 4).toString()).toBe('RIFF');
    // The bytes in the bucket are encrypted.
    const store = new S3ObjectStore({ ...fixture.s3, forcePathStyle: true });
    const storedBytes = await buffer((await store.get({ key: payload.objectKey })).stream);
    await store.close();
    expect(storedBytes.indexOf(downloaded.subarray(0, 16))).toBe(-1);
    const range = await fetch(url, { headers: { range: 'bytes=44-143' } });
    expect(range.status).toBe(206);
    expect(range.headers.get('content-range')).toBe(`bytes 44-143/${payload.sizeBytes}`);
    expect(Buffer.from(await range.arrayBuffer())).toEqual(downloaded.subarray(44, 144));
    await waitUntil(
      async () => {
        const row = await fixture.database.collection('recordings').findOne({ attemptId });
        return row?.['state'] === 'deleted_at_carrier';
      },
      { what: 'the carrier’s copy to be deleted' },
    );
  });

  it.concurrent('deletes a recording after its organization’s retention period, and publishes the expiry', async () => {
    const phone = await fixture.newCustomer('speaks_instructions');
    const { attemptId } = await fixture.requestCall(phone, { recordingRetentionDays: 30 });
    const { payload } = await fixture.peer.waitForEvent(RecordingStored, { attemptId });
    const { recordingId } = payload;
    const { url } = await fixture.peer.call(GetRecordingLinkRpc, { recordingId });
    expect((await fetch(url)).status).toBe(200);
    const work = fixture.database.collection('work');
    const key = `expire-recording.${recordingId}`;
    const due = (await work.findOne({ key }))?.['dueAt'] as Date;
    expect((due.getTime() - Date.now()) / 86_400_000).toBeCloseTo(30, 1);

    // Simulates that thirty days have passed.
    await work.updateOne({ key }, { $set: { dueAt: new Date() } });
    await fixture.peer.waitForEvent(RecordingExpired, { recordingId });
    expect((await fetch(url)).status).toBe(404);
    expect(await fixture.peer.call(GetRecordingRpc, { recordingId })).toMatchObject({ state: 'expired' });
    const store = new S3ObjectStore({ ...fixture.s3, forcePathStyle: true });
    expect(await store.head(payload.objectKey)).toBeUndefined();
    await store.close();
    await expect(fixture.peer.call(GetRecordingLinkRpc, { recordingId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it.concurrent('serves audio with range and cache headers, and only by an intact link', async () => {
    const phone = await fixture.newCustomer('speaks_instructions');
    const { attemptId } = await fixture.requestCall(phone);
    const { recordingId, sizeBytes } = (await fixture.peer.waitForEvent(RecordingStored, { attemptId })).payload;
    const { url } = await fixture.peer.call(GetRecordingLinkRpc, { recordingId });
    const whole = await fetch(url);
    const etag = whole.headers.get('etag') ?? '';
    expect(whole.headers.get('content-type')).toBe('audio/wav');
    expect(whole.headers.get('cache-control')).toMatch(/^public, max-age=(8\d\d|900), immutable$/);
    expect(await whole.arrayBuffer()).toHaveProperty('byteLength', sizeBytes);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(sizeBytes)]);
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const range = (headers: Record<string, string>) => fetch(url, { headers: { range: 'bytes=-10', ...headers } });
    expect((await range({ 'if-range': etag })).status).toBe(206);
    expect((await range({ 'if-range': '"other"' })).status).toBe(200);
    const unsatisfiable = await fetch(url, { headers: { range: `bytes=${sizeBytes}-` } });
    expect([unsatisfiable.status, unsatisfiable.headers.get('content-range')]).toEqual([416, `bytes */${sizeBytes}`]);
    for (const invalidUrl of [
      url.replace(/signature=.*/, ''),
      url.replace(/signature=./, 'signature=!'),
      url.replace(/expires=\d/, 'expires=9'),
    ]) {
      const refused = await fetch(invalidUrl);
      expect([refused.status, refused.headers.get('cache-control')]).toEqual([403, 'no-store']);
    }
  });

  it.concurrent('neither records nor asks for consent if the organization disabled recording', async () => {
    const phone = await fixture.newCustomer('speaks_instructions');
    const { attemptId } = await fixture.requestCall(phone, { mayRecord: false });
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(payload).toMatchObject({ outcome: 'answered', recordingExpected: false });
    const { turns } = await fixture.peer.call(GetCallRpc, { attemptId });
    expect(JSON.stringify(turns)).not.toMatch(/record/);
  });

  /** Registers a customer who performs these acts one after another. */
  async function newScriptedCustomer(script: readonly object[]): Promise<string> {
    const phone = await fixture.newCustomer('never_answers');
    await fixture.registerScriptedCustomers([{ phone, script }]);
    return phone;
  }

  it.concurrent('stores a spoken message for the agent, even if the call is not recorded', async () => {
    const message = { say: 'please ring twice', confidence: 1 };
    // Declines the recording, will be home, leaves a message, confirms.
    const phone = await newScriptedCustomer([{ press: '2' }, { press: '1' }, { press: '4' }, message, { press: '1' }]);
    const { attemptId } = await fixture.requestCall(phone);
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(payload).toMatchObject({ outcome: 'answered', recordingExpected: true, conversationFinished: true });
    const { payload: stored } = await fixture.peer.waitForEvent(RecordingStored, { attemptId });
    expect(await fixture.peer.call(GetRecordingRpc, { recordingId: stored.recordingId })).toMatchObject({
      channels: 1,
    });
    const { decisions } = await fixture.peer.call(GetCallRpc, { attemptId });
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'message_left' }));
  });

  it.concurrent(
    'pauses the recording while an access code is entered, and shows the code only to the agent',
    async () => {
      const keys = ['1', '1', '4271#', '1'];
      const phone = await newScriptedCustomer(keys.map((press) => ({ press })));
      const { attemptId } = await fixture.requestCall(phone, { pauseForCodes: true });
      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
      expect(payload.instructions?.accessCode).toMatchObject({ value: '4271', source: 'keys', confidence: 1 });
      await fixture.peer.waitForEvent(RecordingStored, { attemptId });
      const [ring] = await fixture.listRings(phone);
      expect(await fixture.listRecordingSteps(ring?.callSid ?? '')).toEqual(
        expect.arrayContaining(['started', 'paused', 'resumed', 'finished']),
      );
      const call = await fixture.peer.call(GetCallRpc, { attemptId });
      expect(JSON.stringify(call)).not.toContain('4271');
      expect(JSON.stringify(fixture.peer.findEvents(CallTurnTaken, { attemptId }))).not.toContain('4271');
    },
  );

  it.concurrent(
    'lets an agent listen only to recordings of their own deliveries, and no one to another organization’s',
    async () => {
      const phone = await fixture.newCustomer('speaks_instructions');
      const { attemptId, deliveryId } = await fixture.requestCall(phone);
      const { recordingId } = (await fixture.peer.waitForEvent(RecordingStored, { attemptId })).payload;
      let assigned: DeliveryAgent = { deliveryId, agentId: 'agt_own' };
      fixture.peer.serve(GetDeliveryAgentRpc, (request) => {
        if (request.deliveryId !== deliveryId) throw new Error('no such delivery');
        return assigned;
      });
      const link = (agentId: string) => fixture.peer.call(GetRecordingLinkRpc, { recordingId, agentId });

      expect((await fetch((await link('agt_own')).url)).status).toBe(200);
      await expect(link('agt_other')).rejects.toMatchObject({ code: 'not_found' });
      assigned = { deliveryId, agentId: 'agt_other' };
      await expect(link('agt_own')).rejects.toMatchObject({ code: 'not_found' });
      assigned = { deliveryId };
      await expect(link('agt_own')).rejects.toMatchObject({ code: 'not_found' });

      const organization = 'org_other';
      for (const contract of [GetRecordingLinkRpc, GetRecordingRpc]) {
        const foreignRequest = fixture.peer.call<{ recordingId: string }, object>(
          contract,
          { recordingId },
          { organization },
        );
        await expect(foreignRequest).rejects.toMatchObject({ code: 'not_found' });
      }
      expect(await fixture.peer.call(ListRecordingsRpc, { limit: 50 }, { organization })).toEqual({ items: [] });
    },
  );

  it.concurrent('lists recordings, newest first', async () => {
    const earlier = await fixture.requestCall(await fixture.newCustomer('speaks_instructions'));
    const { deliveryId } = earlier;
    const first = (await fixture.peer.waitForEvent(RecordingStored, { attemptId: earlier.attemptId })).payload;
    const secondAttempt = { deliveryId, attemptId: `${deliveryId}.2`, attempt: 2 };
    const { attemptId } = await fixture.requestCall(await fixture.newCustomer('speaks_instructions'), secondAttempt, 2);
    const { payload } = await fixture.peer.waitForEvent(RecordingStored, { attemptId });
    const { recordingId, sha256, sizeBytes } = payload;
    const expected = { recordingId, attemptId, deliveryId, state: 'stored', channels: 2, sha256, sizeBytes };
    const both = [recordingId, first.recordingId];
    expect(await fixture.peer.call(GetRecordingRpc, { recordingId })).toMatchObject(expected);
    const all = await fixture.peer.call(ListRecordingsRpc, { limit: 200, state: 'stored' });
    expect(all.items.map((one) => one.recordingId).filter((id) => both.includes(id))).toEqual(both);
    const ofDelivery = await fixture.peer.call(ListRecordingsRpc, { limit: 50, deliveryId });
    expect(ofDelivery.items[0]).toMatchObject(expected);
    expect(ofDelivery.items.map((one) => one.recordingId)).toEqual(both);
    const paged = await fixture.peer.call(ListRecordingsRpc, { limit: 1, deliveryId });
    const next = await fixture.peer.call(ListRecordingsRpc, { limit: 1, deliveryId, cursor: paged.nextCursor ?? '' });
    expect([...paged.items, ...next.items].map((one) => one.recordingId)).toEqual(both);
    const call = await fixture.peer.call(GetCallRpc, { attemptId });
    expect(call.recordingId).toBe(recordingId);
  });

  it.concurrent('leaves one message on an answering machine', async () => {
    const phone = await fixture.newCustomer('voicemail');
    const { attemptId } = await fixture.requestCall(phone);

    const completed = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(completed.payload).toMatchObject({ outcome: 'voicemail', conversationFinished: false });
    const [ring] = await fixture.listRings(phone);
    expect(ring?.leftOnVoicemail).toContain('Northwind');
  });

  it.concurrent(
    'identifies itself to a call screener, and continues with the customer who is then connected',
    async () => {
      const phone = await fixture.newCustomer('call_screener');
      const { attemptId } = await fixture.requestCall(phone, { alternativeWindows: [] });
      const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
      expect(payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
      expect(payload.instructions).toMatchObject({ present: { value: false }, safePlace: { source: 'speech' } });
      const [ring] = await fixture.listRings(phone);
      const heardText = ring?.heard.map(({ text }) => text).join(' ') ?? '';
      expect(heardText).toContain('This is Northwind, calling about the delivery of a parcel.');
    },
  );

  it.concurrent('connects a customer who asks for a person to the organization’s dispatcher', async () => {
    const transferNumber = await fixture.newCustomer('dispatcher');
    const phone = await fixture.newCustomer('wants_a_person');
    const { attemptId } = await fixture.requestCall(phone, { transferNumber });
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
    const [leg] = await fixture.listRings(transferNumber);
    expect(leg).toMatchObject({ status: 'completed', parentCallSid: (await fixture.listRings(phone))[0]?.callSid });
    const { decisions } = await fixture.peer.call(GetCallRpc, { attemptId });
    expect(decisions).toContainEqual({ kind: 'transfer', question: 'transfer', value: 'yes' });
  });

  it.concurrent.each([
    ['busy', 'busy'],
    ['never_answers', 'no_answer'],
    ['unreachable', 'failed'],
    ['invalid_number', 'failed'],
    ['hangs_up_at_once', 'hung_up_early'],
    ['hangs_up_after_consent', 'dropped'],
  ])('reports a call to a customer of the persona "%s" as %s', async (persona, outcome) => {
    const phone = await fixture.newCustomer(persona);
    const { attemptId } = await fixture.requestCall(phone);
    const completed = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(completed.payload.outcome).toBe(outcome);
  });

  it.concurrent('honors an opt-out at once: no further call, no text', async () => {
    const phone = await fixture.newCustomer('opts_out_by_key');
    const first = await fixture.requestCall(phone);
    const decision = await fixture.peer.waitForEvent(CallDecisionMade, { attemptId: first.attemptId });
    expect(decision.payload.instructions.optOut).toMatchObject({ value: true, source: 'keys' });
    await fixture.peer.waitForEvent(CallCompleted, { attemptId: first.attemptId });

    const second = await fixture.requestCall(phone);
    const refused = await fixture.peer.waitForEvent(CallRefused, { attemptId: second.attemptId });
    expect(refused.payload.rule).toBe('do_not_call');
    const notificationId = `ntf_${second.deliveryId}`;
    await fixture.peer.publish(SmsRequested, notificationId, {
      notificationId,
      to: phone,
      body: 'We missed you.',
      audience: 'customer',
    });
    const status = await fixture.peer.waitForEvent(MessageStatusChanged, { notificationId });
    expect(status.payload.state).toBe('suppressed');
    expect(await fixture.listRings(phone)).toHaveLength(1);
  });

  it.concurrent('does not call a customer whose opt-out routing published', async () => {
    const phone = await fixture.newCustomer('will_be_home');
    await fixture.peer.publish(CustomerOptedOut, 'cus_9', { customerId: 'cus_9', phone });
    await waitUntil(async () => (await fixture.database.collection('suppressedNumbers').findOne({ phone })) !== null, {
      what: 'the number to be suppressed',
    });
    const { attemptId } = await fixture.requestCall(phone);
    await fixture.peer.waitForEvent(CallRefused, { attemptId });
    expect(await fixture.listRings(phone)).toHaveLength(0);
  });

  it.concurrent('does not call at an unlawful hour, and reports the rule', async () => {
    const phone = await fixture.newCustomer('will_be_home');
    const { attemptId, candidateZones } = await fixture.requestCall(phone, { callsFromMinute: 0, callsUntilMinute: 1 });
    const refused = await fixture.peer.waitForEvent(CallRefused, { attemptId });
    // The organization's hours and the lawful hours do not overlap.
    expect(refused.payload.rule).toBe('no_common_hours');
    expect(candidateZones).toHaveLength(1);
    expect(await fixture.listRings(phone)).toHaveLength(0);
  });

  it.concurrent('rings once for a request that arrives twice', async () => {
    const phone = await fixture.newCustomer('will_be_home');
    const request = await fixture.requestCall(phone);
    await fixture.requestCall(phone, request);
    await fixture.peer.waitForEvent(CallCompleted, { attemptId: request.attemptId });
    expect(await fixture.listRings(phone)).toHaveLength(1);
    expect(fixture.peer.findEvents(CallCompleted, { attemptId: request.attemptId })).toHaveLength(1);
  });

  it.concurrent('never has two calls to one number open at the same time', async () => {
    const phone = await fixture.newCustomer('will_be_home');
    const requests = [await fixture.requestCall(phone), await fixture.requestCall(phone)];
    for (const { attemptId } of requests) await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    const rings = await fixture.listRings(phone);
    expect(rings).toHaveLength(2);
    expect(new Set(rings.map(({ attempt }) => attempt['attemptId']))).toEqual(
      new Set(requests.map(({ attemptId }) => attemptId)),
    );
  });

  it.concurrent('sends a text once and publishes its delivery', async () => {
    const phone = await fixture.newCustomer('will_be_home');
    const notificationId = `ntf_${Date.now()}`;
    const request = { notificationId, to: phone, body: 'Your parcel comes tomorrow.', audience: 'customer' as const };
    await fixture.peer.publish(SmsRequested, notificationId, request);
    await fixture.peer.publish(SmsRequested, notificationId, request);
    await fixture.peer.waitForEvent(MessageStatusChanged, { notificationId, state: 'delivered' });
    expect(fixture.peer.findEvents(MessageStatusChanged, { notificationId, state: 'delivered' })).toHaveLength(1);
  });
});
