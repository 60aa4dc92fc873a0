import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CustomerTextRequested,
  MessageReceived,
  MessageStatusChanged,
  type CustomerTextRequestedPayload,
} from '#libs/contracts/index.js';
import { createCallRequest } from '#libs/testing/mesh/call-request.js';
import { OWN_NUMBER, TelephonyFixture } from './telephony-fixture.js';

describe('texts to and from customers', () => {
  let fixture: TelephonyFixture;
  let serial = 0;

  beforeAll(async () => {
    fixture = await TelephonyFixture.start();
  });
  afterAll(() => fixture?.close());

  async function requestText(
    changes: Partial<CustomerTextRequestedPayload> = {},
  ): Promise<CustomerTextRequestedPayload> {
    const phone = await fixture.newCustomer('never_answers');
    const {
      attemptId: _attemptId,
      attempt: _attempt,
      attemptsForDelivery: _total,
      attemptsToday: _today,
      ...contact
    } = createCallRequest(phone);
    const textId = `txt_${contact.deliveryId}`;
    const request = { ...contact, textId, reason: 'unreachable' as const, ...changes };
    await fixture.peer.publish(CustomerTextRequested, request.deliveryId, request);
    return request;
  }
  const waitForState = (notificationId: string, state: string) =>
    waitUntil(
      () =>
        fixture.peer
          .findEvents(MessageStatusChanged, { notificationId })
          .some(({ payload }) => payload.state === state),
      {
        what: `${notificationId} to be ${state}`,
      },
    );
  const receiveText = (
    from: string,
    body: string,
    fields: Record<string, string> = {},
    signature: 'genuine' | 'forged' = 'genuine',
  ) => {
    serial += 1;
    const MessageSid = `SM${String(serial).padStart(32, '0')}`;
    return fixture.webhook(
      '/twilio/sms/inbound',
      { MessageSid, From: from, To: OWN_NUMBER, Body: body, NumSegments: '1', ...fields },
      signature,
    );
  };
  const repeatedMessageSid = `SM${'9'.repeat(32)}`;

  it('are sent once, with instructions for replying', async () => {
    const { textId, phone } = await requestText();
    await waitForState(textId, 'delivered');
    const row = await fixture.database.collection('messages').findOne({ _id: textId as never });
    expect(row).toMatchObject({ to: phone, audience: 'customer', state: 'delivered' });
    expect(row?.['body']).toMatch(/^Northwind: we could not reach you about .* Reply 1 .*STOP/);
  });

  it('are sent neither at night nor to customers who opted out', async () => {
    const night = `Etc/GMT${nightOffset()}`;
    const late = await requestText({
      candidateZones: [night],
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await waitForState(late.textId, 'suppressed');
    const [suppressed] = fixture.peer.findEvents(MessageStatusChanged, { notificationId: late.textId });
    expect(suppressed?.payload.deliveryId).toBe(late.deliveryId);
    const first = await requestText();
    await waitForState(first.textId, 'delivered');
    expect((await receiveText(first.phone, 'BAJA')).body).toMatch(/no more calls and texts.*No recibirá más/);
    const second = { ...first, deliveryId: 'dlv_again', textId: 'txt_dlv_again' };
    await fixture.peer.publish(CustomerTextRequested, second.deliveryId, second);
    await waitForState('txt_dlv_again', 'suppressed');
    expect((await receiveText(first.phone, 'yes')).body).toMatch(/texts about your deliveries again/);
  });

  it('can be answered by a digit, which has confidence 1', async () => {
    const { phone, deliveryId, textId, customerId } = await requestText();
    await waitForState(textId, 'delivered');
    const { body } = await receiveText(phone, '2');
    expect(body).toContain('<Message>Thank you. We have got this.</Message>');
    const { payload } = await fixture.peer.waitForEvent(MessageReceived, { deliveryId });
    expect(payload).toMatchObject({
      customerId,
      text: '2',
      instructions: { safePlace: { value: 'neighbour', source: 'keys', confidence: 1 } },
    });
  });

  it('can be answered in words, which are published once even if the message arrives twice', async () => {
    const { phone, deliveryId, textId } = await requestText({ language: 'es' });
    await waitForState(textId, 'delivered');
    const twice = { MessageSid: repeatedMessageSid };
    const first = await receiveText(phone, 'Déjelo con el vecino, por favor', twice);
    expect(first.body).toContain('Gracias. Lo hemos recibido.');
    expect((await receiveText(phone, 'Déjelo con el vecino, por favor', twice)).body).toBe(first.body);
    const { payload } = await fixture.peer.waitForEvent(MessageReceived, { deliveryId });
    expect(payload).toMatchObject({
      messageId: repeatedMessageSid,
      language: 'es',
      text: 'Déjelo con el vecino, por favor',
    });
    expect(payload).not.toHaveProperty('instructions');
    expect(payload.inReplyTo).toBe(textId);
    expect(fixture.peer.findEvents(MessageReceived, { deliveryId })).toHaveLength(1);
  });

  it('that ask something back are answered in words: a digit names no place there', async () => {
    const { deliveryId, phone, textId } = await requestText({ reason: 'confirm_refusal' });
    await waitForState(textId, 'delivered');
    const row = await fixture.database.collection('messages').findOne({ _id: textId as never });
    expect(row?.['body']).toMatch(/^Northwind: you asked us to send .* back. Reply YES .* NO .*STOP/);
    await receiveText(phone, '1');
    const { payload } = await fixture.peer.waitForEvent(MessageReceived, { deliveryId });
    expect(payload).toMatchObject({ text: '1', inReplyTo: textId });
    expect(payload).not.toHaveProperty('instructions');
  });

  it('can reply to a call that was not answered', async () => {
    const phone = await fixture.newCustomer('never_answers');
    const { deliveryId } = await fixture.requestCall(phone);
    await waitUntil(async () => (await fixture.listRings(phone)).length > 0, {
      what: 'a call to be placed',
    });
    await receiveText(phone, 'Please leave it behind the planter');
    const { payload } = await fixture.peer.waitForEvent(MessageReceived, { deliveryId });
    expect(payload).not.toHaveProperty('inReplyTo');
  });

  it('explain the number on HELP, and get only a limited number of replies if the sender is unknown', async () => {
    expect((await receiveText('+13125558888', 'HELP')).body).toMatch(/sends texts about your deliveries.*Este número/);
    // The carrier has already replied.
    expect((await receiveText('+13125558888', 'HELP', { OptOutType: 'HELP' })).body).not.toContain('<Message>');
    const replies = [];
    for (let n = 0; n < 12; n += 1) replies.push((await receiveText('+13125557777', `auto-reply ${n}`)).body);
    expect(replies[0]).toContain('no delivery that we have a question about');
    expect(replies.filter((body) => body.includes('<Message>'))).toHaveLength(6);
    expect((await receiveText('+13125556666', 'hello', {}, 'forged')).status).toBe(403);
    expect(await fixture.database.collection('inboundMessages').countDocuments({ from: '+13125556666' })).toBe(0);
  });
});

/** The suffix of the `Etc/GMT…` zone in which it is about 2 a.m. now; POSIX inverts its sign. */
function nightOffset(): string {
  const ahead = (((2 - new Date().getUTCHours()) % 24) + 24) % 24;
  const offset = ahead > 12 ? ahead - 24 : ahead;
  return offset >= 0 ? `-${offset}` : `+${-offset}`;
}
