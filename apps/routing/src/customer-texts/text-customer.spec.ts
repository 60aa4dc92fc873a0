import {
  CallRequested,
  CustomerTextRequested,
  InstructionsChanged,
  InstructionsExtracted,
  MessageReceived,
  OrganizationUpdated,
  PutPreferencesRpc,
  RescheduleDeliveryRpc,
  type CustomerTextRequestedPayload,
  type Delivery,
} from '#libs/contracts/index.js';
import {
  eventually,
  garage,
  keyed,
  MORNING,
  NOT_REACHED,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';
import { createOrganizationProfile } from '../testing/organization-profile.js';

describe('a text to a customer', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
    await organization.createAgent();
  });

  const waitForText = async ({ deliveryId }: Delivery): Promise<CustomerTextRequestedPayload | undefined> =>
    (await organization.waitForEvents(CustomerTextRequested, deliveryId))[0];
  const publishReply = (delivery: Delivery, overrides: object = {}): Promise<unknown> =>
    routing.mesh.publish(MessageReceived, {
      payload: {
        messageId: `SM_${delivery.deliveryId}`,
        deliveryId: delivery.deliveryId,
        customerId: 'cus_1',
        text: '2',
        language: 'en',
        zone: 'America/Chicago',
        window: delivery.window,
        receivedAt: routing.hoursFromNow(0),
        ...overrides,
      } as never,
      aggregateId: `SM_${delivery.deliveryId}`,
      organizationId: organization.organizationId,
    });

  it('is requested after the last unanswered call, with all data that telephony needs', async () => {
    const delivery = await organization.postDelivery();
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), NOT_REACHED);
    const text = await waitForText(delivery);
    expect(text).toMatchObject({
      textId: expect.stringMatching(new RegExp(`^txt_${delivery.deliveryId}\\.`)) as unknown,
      reason: 'unreachable',
      organizationName: 'Harbour Parcels',
      candidateZones: ['America/Chicago'],
      expiresAt: delivery.decideBy,
    });
  });

  it('is requested instead of a call if the customer prefers texts', async () => {
    routing.clock.at = new Date('2026-03-03T04:00:00Z');
    const delivery = await organization.postDelivery({
      window: { start: routing.hoursFromNow(14), end: routing.hoursFromNow(18) },
    });
    await organization.call(PutPreferencesRpc, { customerId: delivery.customerId, preferences: { channel: 'text' } });
    expect(await waitForText(delivery)).toMatchObject({ reason: 'not_called', customerId: delivery.customerId });
    expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toEqual([]);
  });

  it('is requested again if the delivery is rescheduled', async () => {
    const delivery = await organization.postDelivery();
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), NOT_REACHED);
    const first = await waitForText(delivery);
    const window = { start: routing.hoursFromNow(2), end: routing.hoursFromNow(5) };
    await organization.call(RescheduleDeliveryRpc, { deliveryId: delivery.deliveryId, rescheduling: { window } });
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery, 2), NOT_REACHED);
    const texts = await eventually('a second text', async () => {
      const events = await organization.listEvents(CustomerTextRequested, delivery.deliveryId);
      return events.length === 2 && events;
    });
    expect(texts[1]?.textId).not.toBe(first?.textId);
  });

  it('is requested if the call promised it', async () => {
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    const instructions = { needsHuman: keyed(true), complexity: 1 };
    await organization.publishCallEnd(request, { recordingExpected: false, instructions });
    expect(await waitForText(delivery)).toMatchObject({ reason: 'follow_up' });
  });

  it('is not requested while another call is planned, nor if the organization disabled texts', async () => {
    const retried = await organization.postDelivery();
    await organization.publishCallEnd(await organization.waitForCallRequest(retried), {
      ...NOT_REACHED,
      outcome: 'busy',
    });
    await organization.waitForState(retried, 'call_planned');
    const { organizationId } = organization;
    const { features } = createOrganizationProfile(organizationId);
    const withoutTexts = { name: 'Quiet', features: { ...features, smsFallback: false } };
    await routing.mesh.publish(OrganizationUpdated, {
      payload: { ...createOrganizationProfile(organizationId, withoutTexts), changed: ['features.smsFallback'] },
      aggregateId: organizationId,
      sequence: 5,
      organizationId,
    });
    const callWithoutTexts = await eventually('the organization to have disabled texts', async () => {
      const delivery = await organization.postDelivery();
      const request = await organization.waitForCallRequest(delivery);
      return request.organizationName === 'Quiet' && { delivery, request };
    });
    await organization.publishCallEnd(callWithoutTexts.request, NOT_REACHED);
    await organization.waitForState(callWithoutTexts.delivery, 'assigned');
    // Both calls have ended, so a text would be requested by now.
    for (const delivery of [retried, callWithoutTexts.delivery])
      expect(await organization.listEvents(CustomerTextRequested, delivery.deliveryId)).toEqual([]);
  });

  it('that is answered with a digit means that the customer was reached, and the agent is notified', async () => {
    const delivery = await organization.postDelivery();
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), NOT_REACHED);
    await organization.waitForState(delivery, 'assigned');
    await publishReply(delivery, { instructions: { safePlace: keyed('neighbour'), complexity: 1 } });
    const [changed] = await organization.waitForEvents(InstructionsChanged, delivery.deliveryId);
    expect(changed).toMatchObject({
      instructions: { safePlace: { value: 'neighbour', source: 'keys' } },
      transcript: '2',
    });
    expect(await organization.get(delivery)).toMatchObject({ contactOutcome: 'text' });
  });

  it('that is answered in words cancels the planned call', async () => {
    const delivery = await organization.postDelivery();
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), {
      ...NOT_REACHED,
      outcome: 'busy',
    });
    const planned = await organization.waitForState(delivery, 'call_planned');
    await publishReply(delivery, { text: 'in the garage' });
    const messageId = `SM_${delivery.deliveryId}`;
    await routing.mesh.publish(InstructionsExtracted, {
      payload: {
        attemptId: messageId,
        messageId,
        deliveryId: delivery.deliveryId,
        text: 'in the garage',
        instructions: garage,
        provider: 'local',
      },
      aggregateId: messageId,
      organizationId: organization.organizationId,
    });
    await organization.waitForState(delivery, 'assigned');
    routing.clock.at = new Date(Date.parse(planned.plannedCallAt ?? '') + 60_000);
    await organization.waitForCallRequest(await organization.postDelivery());
    expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(1);
  });
});
