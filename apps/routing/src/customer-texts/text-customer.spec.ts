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
  type World,
} from '../testing/routing-under-test.js';
import { organizationProfile } from '../testing/organization-profile.js';

describe('a customer who is asked by text', () => {
  let routing: RoutingUnderTest;
  let world: World;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    world = await routing.world();
    await world.agent();
  });

  const asked = async ({ deliveryId }: Delivery): Promise<CustomerTextRequestedPayload | undefined> =>
    (await world.firstHeard(CustomerTextRequested, deliveryId))[0];
  const answers = (delivery: Delivery, over: object = {}): Promise<unknown> =>
    routing.mesh.tell(MessageReceived, {
      payload: {
        ...{ messageId: `SM_${delivery.deliveryId}`, deliveryId: delivery.deliveryId, customerId: 'cus_1', text: '2' },
        ...{ language: 'en', zone: 'America/Chicago', window: delivery.window, receivedAt: routing.hoursFromNow(0) },
        ...over,
      } as never,
      aggregateId: `SM_${delivery.deliveryId}`,
      organizationId: world.organizationId,
    });

  it('after the last call in vain: once, with what telephony needs', async () => {
    const delivery = await world.post();
    await world.callEnds(await world.requested(delivery), NOT_REACHED);
    const text = await asked(delivery);
    expect(text).toMatchObject({
      textId: expect.stringMatching(new RegExp(`^txt_${delivery.deliveryId}\\.`)) as unknown,
      reason: 'unreachable',
      organizationName: 'Harbour Parcels',
      candidateZones: ['America/Chicago'],
      expiresAt: delivery.decideBy,
    });
  });

  it('who wishes not to be rung: instead of a call', async () => {
    routing.clock.at = new Date('2026-03-03T04:00:00Z');
    const delivery = await world.post({ window: { start: routing.hoursFromNow(14), end: routing.hoursFromNow(18) } });
    await world.ask(PutPreferencesRpc, { customerId: delivery.customerId, preferences: { channel: 'text' } });
    expect(await asked(delivery)).toMatchObject({ reason: 'not_called', customerId: delivery.customerId });
    expect(await world.heardAbout(CallRequested, delivery.deliveryId)).toEqual([]);
  });

  it('anew when their delivery is planned anew', async () => {
    const delivery = await world.post();
    await world.callEnds(await world.requested(delivery), NOT_REACHED);
    const first = await asked(delivery);
    const window = { start: routing.hoursFromNow(2), end: routing.hoursFromNow(5) };
    await world.ask(RescheduleDeliveryRpc, { deliveryId: delivery.deliveryId, rescheduling: { window } });
    await world.callEnds(await world.requested(delivery, 2), NOT_REACHED);
    const texts = await eventually('a second text', async () => {
      const heard = await world.heardAbout(CustomerTextRequested, delivery.deliveryId);
      return heard.length === 2 && heard;
    });
    expect(texts[1]?.textId).not.toBe(first?.textId);
  });

  it('when the call promised it', async () => {
    const delivery = await world.post();
    const request = await world.requested(delivery);
    const instructions = { needsHuman: keyed(true), complexity: 1 };
    await world.callEnds(request, { recordingExpected: false, instructions });
    expect(await asked(delivery)).toMatchObject({ reason: 'follow_up' });
  });

  it('not while another call is planned, nor where the organization wants no texts', async () => {
    const retried = await world.post();
    await world.callEnds(await world.requested(retried), { ...NOT_REACHED, outcome: 'busy' });
    await world.reaches(retried, 'call_planned');
    const { organizationId } = world;
    const { features } = organizationProfile(organizationId);
    const quietly = { name: 'Quiet', features: { ...features, smsFallback: false } };
    await routing.mesh.tell(OrganizationUpdated, {
      payload: { ...organizationProfile(organizationId, quietly), changed: ['features.smsFallback'] },
      aggregateId: organizationId,
      sequence: 5,
      organizationId,
    });
    const quiet = await eventually('the organization to want no texts', async () => {
      const delivery = await world.post();
      const request = await world.requested(delivery);
      return request.organizationName === 'Quiet' && { delivery, request };
    });
    await world.callEnds(quiet.request, NOT_REACHED);
    await world.reaches(quiet.delivery, 'assigned');
    // Its turn has come: a text of another delivery that is asked for later is there.
    for (const delivery of [retried, quiet.delivery])
      expect(await world.heardAbout(CustomerTextRequested, delivery.deliveryId)).toEqual([]);
  });

  it('and answers by number is reached: the agent is told', async () => {
    const delivery = await world.post();
    await world.callEnds(await world.requested(delivery), NOT_REACHED);
    await world.reaches(delivery, 'assigned');
    await answers(delivery, { instructions: { safePlace: keyed('neighbour'), complexity: 1 } });
    const [told] = await world.firstHeard(InstructionsChanged, delivery.deliveryId);
    expect(told).toMatchObject({
      instructions: { safePlace: { value: 'neighbour', source: 'keys' } },
      transcript: '2',
    });
    expect(await world.get(delivery)).toMatchObject({ contactOutcome: 'text' });
  });

  it('and answers in words is called no more', async () => {
    const delivery = await world.post();
    await world.callEnds(await world.requested(delivery), { ...NOT_REACHED, outcome: 'busy' });
    const planned = await world.reaches(delivery, 'call_planned');
    await answers(delivery, { text: 'in the garage' });
    const messageId = `SM_${delivery.deliveryId}`;
    await routing.mesh.tell(InstructionsExtracted, {
      payload: {
        ...{ attemptId: messageId, messageId, deliveryId: delivery.deliveryId },
        text: 'in the garage',
        instructions: garage,
        provider: 'local',
      },
      aggregateId: messageId,
      organizationId: world.organizationId,
    });
    await world.reaches(delivery, 'assigned');
    routing.clock.at = new Date(Date.parse(planned.plannedCallAt ?? '') + 60_000);
    await world.requested(await world.post());
    expect(await world.heardAbout(CallRequested, delivery.deliveryId)).toHaveLength(1);
  });
});
