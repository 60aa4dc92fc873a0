import {
  CallRequested,
  CancelDeliveryRpc,
  ConfirmationChanged,
  CustomerTextRequested,
  DeliveryAssigned,
  DeliveryRefused,
  DeliveryRescheduled,
  DeliveryWithdrawn,
  InstructionsChanged,
  InstructionsExtracted,
  ListDeliveriesRpc,
  MessageReceived,
  MessageStatusChanged,
  SetDoNotCallRpc,
  type CustomerTextRequestedPayload,
  type Delivery,
  type Instructions,
  type Language,
} from '#libs/contracts/index.js';
import {
  analyzed,
  eventually,
  MORNING,
  NOT_REACHED,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';

const HOUR_MS = 3_600_000;
const refusal: Instructions = { refused: analyzed(true), complexity: 1 };

describe('a wish in a text that cannot be undone', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
  });

  /** Posts a delivery whose customer was called and not reached, so that it waits for an agent. */
  async function postUnreached(overrides: Parameters<TestOrganization['postDelivery']>[0] = {}): Promise<Delivery> {
    const delivery = await organization.postDelivery(overrides);
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), NOT_REACHED);
    await eventually('the end of the call', async () => !(await organization.get(delivery)).state.startsWith('call'));
    return organization.get(delivery);
  }

  let texts = 0;
  /** Publishes what telephony and transcription report about a text of the customer. */
  async function writeText(
    { deliveryId, window }: Delivery,
    text: string,
    {
      instructions = { complexity: 1 },
      inReplyTo,
      language = 'en',
    }: { instructions?: Instructions; inReplyTo?: string | undefined; language?: Language } = {},
  ): Promise<string> {
    texts += 1;
    const messageId = `SM_${texts}.${deliveryId}`;
    const event = { aggregateId: messageId, organizationId: organization.organizationId, occurredAt: routing.clock.at };
    const received = {
      messageId,
      deliveryId,
      customerId: 'cus_1',
      text,
      language: 'en' as const,
      zone: 'America/Chicago',
      window,
      receivedAt: routing.clock.at.toISOString(),
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
    };
    await routing.mesh.publish(MessageReceived, { ...event, payload: received });
    const understood = { attemptId: messageId, messageId, deliveryId, text, instructions, language, provider: 'local' };
    await routing.mesh.publish(InstructionsExtracted, { ...event, payload: understood });
    return messageId;
  }

  const listAskBacks = async ({ deliveryId }: Delivery): Promise<CustomerTextRequestedPayload[]> =>
    (await organization.listEvents(CustomerTextRequested, deliveryId)).filter(({ reason }) =>
      reason.startsWith('confirm_'),
    );
  const waitForAskBack = (delivery: Delivery, n = 1): Promise<CustomerTextRequestedPayload> =>
    eventually(`ask-back ${n}`, async () => (await listAskBacks(delivery))[n - 1]);
  const waitForConfirmation = (delivery: Delivery, state: string): Promise<Delivery> =>
    eventually(`the confirmation to be ${state}`, async () => {
      const current = await organization.get(delivery);
      return current.confirmation?.state === state && current;
    });

  it('is asked back and applied after a yes; until then the delivery gets no agent', async () => {
    const delivery = await postUnreached();
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const askBack = await waitForAskBack(delivery);
    expect(askBack).toMatchObject({ reason: 'confirm_refusal', expiresAt: delivery.window.end });
    const held = await waitForConfirmation(delivery, 'awaited');
    expect(held.confirmation).toMatchObject({ decision: 'refused', heldUntil: expect.any(String) as unknown });
    await organization.createAgent();
    // Another delivery is planned meanwhile, so the held one would have an agent by now.
    await organization.waitForState(
      await organization.postDelivery({ decideBy: routing.hoursFromNow(-1) }),
      'assigned',
    );
    expect((await organization.get(delivery)).agentId).toBeUndefined();
    await writeText(delivery, 'YES', { inReplyTo: askBack.textId });
    const refused = await organization.waitForState(delivery, 'refused');
    expect(refused.instructions?.refused).toMatchObject({ value: true, source: 'keys' });
    const [event] = await organization.waitForEvents(DeliveryRefused, delivery.deliveryId);
    expect(event).toMatchObject({ transcript: 'refuse it' });
    expect(await listAskBacks(delivery)).toHaveLength(1);
    expect(await organization.listEvents(DeliveryAssigned, delivery.deliveryId)).toEqual([]);
    const changes = await organization.listEvents(ConfirmationChanged, delivery.deliveryId);
    expect(changes.map(({ confirmation }) => confirmation.state)).toEqual(['awaited', 'confirmed']);
  });

  it('is dropped after a no: the delivery gets an agent at once and goes on as planned', async () => {
    const delivery = await postUnreached();
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const askBack = await waitForAskBack(delivery);
    await organization.createAgent();
    await writeText(delivery, 'no', { inReplyTo: askBack.textId });
    const assigned = await organization.waitForState(delivery, 'assigned');
    expect(assigned.confirmation).toMatchObject({ state: 'declined' });
    expect(assigned.instructions?.refused).toBeUndefined();
    expect(await organization.listEvents(DeliveryRefused, delivery.deliveryId)).toEqual([]);
  });

  it('is left to a dispatcher without an answer, and the delivery goes on; a late yes still counts', async () => {
    const delivery = await postUnreached();
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const askBack = await waitForAskBack(delivery);
    await waitForConfirmation(delivery, 'awaited');
    routing.clock.at = new Date(MORNING.getTime() + 2 * HOUR_MS + 60_000);
    await organization.createAgent();
    const assigned = await organization.waitForState(delivery, 'assigned');
    expect(assigned.confirmation).toMatchObject({ state: 'unanswered' });
    const page = await organization.call(ListDeliveriesRpc, { limit: 10, confirmation: 'unanswered' });
    expect(page.items.map(({ deliveryId }) => deliveryId)).toEqual([delivery.deliveryId]);
    await writeText(delivery, 'yes', { inReplyTo: askBack.textId });
    await organization.waitForState(delivery, 'refused');
    expect(await organization.waitForEvents(DeliveryWithdrawn, delivery.deliveryId)).toMatchObject([
      { reason: 'refused' },
    ]);
    expect((await organization.call(ListDeliveriesRpc, { limit: 10, confirmation: 'unanswered' })).items).toEqual([]);
  });

  it('is asked at the next lawful hour, and held from then on', async () => {
    const delivery = await organization.postDelivery({
      window: { start: routing.hoursFromNow(26), end: routing.hoursFromNow(28) },
    });
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), NOT_REACHED);
    routing.clock.at = new Date('2026-03-04T04:00:00Z');
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const held = await waitForConfirmation(delivery, 'awaited');
    // Calls and texts are lawful from 9:00 in Chicago.
    expect(held.confirmation?.heldUntil).toBe('2026-03-04T17:00:00.000Z');
  });

  it('is asked in the language in which the customer wrote', async () => {
    const delivery = await postUnreached();
    await writeText(delivery, 'devuélvanlo', { instructions: refusal, language: 'es' });
    expect(await waitForAskBack(delivery)).toMatchObject({ language: 'es' });
  });

  it('never holds the delivery beyond its deadline for answers', async () => {
    const delivery = await postUnreached({ decideBy: routing.hoursFromNow(1) });
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const held = await waitForConfirmation(delivery, 'awaited');
    expect(held.confirmation?.heldUntil).toBe(delivery.decideBy);
    await organization.createAgent();
    routing.clock.at = new Date(Date.parse(delivery.decideBy) + 1_000);
    await organization.waitForState(delivery, 'assigned');
    await writeText(delivery, 'another day please', {
      instructions: { reschedule: analyzed({ to: null }), complexity: 1 },
    });
    // The deadline has passed: a dispatcher sees it at once. The parcel is not delivered yet, so the customer is asked.
    expect(await waitForAskBack(delivery, 2)).toMatchObject({ reason: 'confirm_reschedule' });
    expect((await organization.get(delivery)).confirmation).toMatchObject({
      decision: 'reschedule',
      state: 'unanswered',
    });
  });

  it('notifies the agent who has the delivery, and again when the customer answers', async () => {
    await organization.createAgent();
    const delivery = await postUnreached();
    await organization.waitForState(delivery, 'assigned');
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const askBack = await waitForAskBack(delivery);
    // The analysis may arrive before the message itself: then the agent is first notified without the question.
    const listRefusals = async () =>
      (await organization.listEvents(InstructionsChanged, delivery.deliveryId)).map(
        ({ instructions }) => instructions.refused,
      );
    await eventually('the notification of the question', async () => {
      return (await listRefusals()).at(-1)?.confirmation === 'awaited';
    });
    await writeText(delivery, 'NO', { inReplyTo: askBack.textId });
    await eventually('the notification of the answer', async () => (await listRefusals()).at(-1) === undefined);
    expect((await organization.get(delivery)).state).toBe('assigned');
  });

  it('moves the delivery to the window that the customer confirmed, which the text names', async () => {
    const delivery = await postUnreached();
    const window = { start: routing.hoursFromNow(48), end: routing.hoursFromNow(51) };
    await writeText(delivery, 'Thursday morning', {
      instructions: { reschedule: analyzed({ to: window }), complexity: 1 },
    });
    const askBack = await waitForAskBack(delivery);
    expect(askBack).toMatchObject({ reason: 'confirm_reschedule', requestedWindow: window, window: delivery.window });
    await writeText(delivery, 'Yes please', { inReplyTo: askBack.textId });
    expect(await organization.waitForState(delivery, 'rescheduled')).toMatchObject({ window });
    expect(await organization.waitForEvents(DeliveryRescheduled, delivery.deliveryId)).toMatchObject([{ window }]);
  });

  it('is not applied by a yes to an older question, nor by a yes to no question', async () => {
    const delivery = await postUnreached();
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const first = await waitForAskBack(delivery);
    await writeText(delivery, 'wait, another day', {
      instructions: { reschedule: analyzed({ to: null }), complexity: 1 },
    });
    const second = await waitForAskBack(delivery, 2);
    await writeText(delivery, 'YES', { inReplyTo: first.textId });
    await writeText(delivery, 'YES');
    await writeText(delivery, 'YES', { inReplyTo: second.textId });
    await organization.waitForState(delivery, 'rescheduled');
    expect(await organization.listEvents(DeliveryRefused, delivery.deliveryId)).toEqual([]);
  });

  it('goes to a dispatcher at once if the customer may not be texted, or the text does not reach them', async () => {
    const optedOut = await postUnreached();
    await organization.call(SetDoNotCallRpc, {
      customerId: optedOut.customerId,
      doNotCall: true,
      reason: 'They asked for it.',
      source: 'customer',
    });
    await writeText(optedOut, 'refuse it', { instructions: refusal });
    expect((await waitForConfirmation(optedOut, 'unanswered')).confirmation?.askedAt).toBeUndefined();
    expect(await listAskBacks(optedOut)).toEqual([]);
    const unreachable = await postUnreached();
    await writeText(unreachable, 'refuse it', { instructions: refusal });
    const { textId } = await waitForAskBack(unreachable);
    await routing.mesh.publish(MessageStatusChanged, {
      payload: { notificationId: textId, deliveryId: unreachable.deliveryId, state: 'suppressed' },
      aggregateId: textId,
      organizationId: organization.organizationId,
    });
    await waitForConfirmation(unreachable, 'unanswered');
  });

  it('is settled by a dispatcher who cancels the delivery', async () => {
    const delivery = await postUnreached();
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const askBack = await waitForAskBack(delivery);
    await organization.call(CancelDeliveryRpc, { deliveryId: delivery.deliveryId, cancellation: {} });
    expect((await organization.get(delivery)).confirmation).toBeUndefined();
    await writeText(delivery, 'another day', {
      instructions: { reschedule: analyzed({ to: null }), complexity: 1 },
    });
    await writeText(delivery, 'YES', { inReplyTo: askBack.textId });
    await organization.createAgent();
    await organization.waitForState(
      await organization.postDelivery({ decideBy: routing.hoursFromNow(-1) }),
      'assigned',
    );
    expect(await organization.get(delivery)).toMatchObject({ state: 'canceled' });
    expect(await listAskBacks(delivery)).toHaveLength(1);
    const changes = await organization.listEvents(ConfirmationChanged, delivery.deliveryId);
    expect(changes.filter(({ confirmation }) => confirmation.state === 'awaited')).toHaveLength(1);
  });

  it('cancels the planned call, as every wish in a text does', async () => {
    const delivery = await organization.postDelivery();
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), {
      ...NOT_REACHED,
      outcome: 'busy',
    });
    const planned = await organization.waitForState(delivery, 'call_planned');
    await writeText(delivery, 'refuse it', { instructions: refusal });
    const askBack = await waitForAskBack(delivery);
    await writeText(delivery, 'NO', { inReplyTo: askBack.textId });
    await waitForConfirmation(delivery, 'declined');
    routing.clock.at = new Date(Date.parse(planned.plannedCallAt ?? '') + 60_000);
    await organization.waitForCallRequest(await organization.postDelivery());
    expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(1);
  });
});
