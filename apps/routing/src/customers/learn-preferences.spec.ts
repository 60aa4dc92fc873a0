import {
  CreateDeliveryRpc,
  CustomerChanged,
  DeletePreferenceRpc,
  DeliveryAssigned,
  GetAgentPerformanceRpc,
  GetPreferencesRpc,
  InboxMessageListened,
  PutCustomerRpc,
  PutPreferencesRpc,
  ReportStatusRpc,
  type Delivery,
} from '#libs/contracts/index.js';
import {
  analyzed,
  eventually,
  MORNING,
  NOT_REACHED,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';

const DAY_MS = 86_400_000;

describe('learned preferences', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;
  let customerId: string;
  let serial = 0;

  beforeAll(async () => (routing = await RoutingUnderTest.start()));
  afterAll(async () => routing.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
    serial += 1;
    const position: [number, number] = [-87.6, 41.9];
    const input = { name: 'Cara', phone: `+1312555${2000 + serial}`, position, legalBasis: 'consent' as const };
    ({ customerId } = await organization.call(PutCustomerRpc, input));
    await organization.createAgent({ shift: { start: routing.hoursFromNow(-1), end: routing.hoursFromNow(24 * 30) } });
  });

  const postDelivery = (): Promise<Delivery> =>
    organization.call(CreateDeliveryRpc, {
      reference: 'R',
      customerId,
      window: { start: routing.hoursFromNow(2), end: routing.hoursFromNow(6) },
    });
  const getPreferences = () => organization.call(GetPreferencesRpc, { customerId });

  /** Runs a delivery from creation to hand-over. In its call the customer names a safe place. */
  async function deliverTo(place: 'garage' | 'porch'): Promise<Delivery> {
    const delivery = await postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request);
    await organization.publishInstructions(request, 'as said', { safePlace: analyzed(place), complexity: 1 });
    const { agentId = '', deliveryId, recordingId = '' } = await organization.waitForState(delivery, 'assigned');
    await publishListening(agentId, deliveryId, recordingId);
    await organization.call(ReportStatusRpc, {
      agentId,
      deliveryId,
      report: { status: 'delivered', safePlaceUsed: place },
    });
    return delivery;
  }

  /**
   * Publishes that the agent listened, and waits until routing has recorded it, as the hand-over evaluates only
   * recorded listening.
   */
  async function publishListening(agentId: string, deliveryId: string, recordingId: string): Promise<void> {
    const { revision } = await organization.get({ deliveryId });
    const messageId = `msg_${deliveryId}`;
    await routing.mesh.publish(InboxMessageListened, {
      payload: { messageId, agentId, deliveryId, recordingId },
      aggregateId: messageId,
      organizationId: organization.organizationId,
    });
    await eventually(
      'the recorded listening',
      async () => (await organization.get({ deliveryId })).revision > revision,
    );
  }

  it('include the usual safe place, with a confidence that grows with repetition, and the assignment shows it', async () => {
    const first = await deliverTo('garage');
    expect((await getPreferences()).values).not.toHaveProperty('safePlace');
    await deliverTo('garage');
    const learned = await getPreferences();
    expect(learned.values.safePlace).toEqual({ place: 'garage' });
    const [origin] = learned.origins.filter(({ field }) => field === 'safePlace');
    expect(origin).toMatchObject({ provenance: 'learned', source: 'call' });
    // Two observations with a certainty of 0.9, and one pseudo-observation of doubt.
    expect(origin?.confidence).toBeCloseTo(1.8 / 2.8, 3);
    expect(Date.parse(origin?.expiresAt ?? '')).toBeGreaterThan(MORNING.getTime() + 364 * DAY_MS);
    const { agentId = '' } = await organization.get(first);
    expect(await organization.call(GetAgentPerformanceRpc, { agentId })).toMatchObject({
      listened: { met: 2, total: 2 },
      asInstructed: { met: 2, total: 2, share: 1 },
    });
    const changes = await organization.waitForEvents(CustomerChanged, customerId);
    expect(changes.map(({ parts }) => parts)).toContainEqual(['preferences']);

    const third = await postDelivery();
    const request = await organization.waitForCallRequest(third);
    await organization.publishCallEnd(request, { ...NOT_REACHED, outcome: 'voicemail' });
    await organization.waitForState(third, 'assigned');
    const [assigned] = await organization.waitForEvents(DeliveryAssigned, third.deliveryId);
    expect(assigned?.usualPlace).toEqual({ place: 'garage' });
  });

  it('include the language the customer speaks, which later calls use', async () => {
    for (const _ of [1, 2]) {
      const delivery = await postDelivery();
      const request = await organization.waitForCallRequest(delivery);
      expect(request.language).toBe('en');
      await organization.publishCallEnd(request);
      await organization.publishInstructions(
        request,
        'Déjelo en el garaje',
        { safePlace: analyzed('garage'), complexity: 1 },
        'es',
      );
      await organization.waitForState(delivery, 'assigned');
    }
    expect((await getPreferences()).origins).toContainEqual(
      expect.objectContaining({ field: 'language', provenance: 'learned' }),
    );
    expect((await organization.waitForCallRequest(await postDelivery())).language).toBe('es');
  });

  it('are overridden by stated ones, and are not learned again from deleted evidence', async () => {
    await deliverTo('garage');
    await deliverTo('garage');
    await organization.call(PutPreferencesRpc, { customerId, preferences: { safePlace: { place: 'porch' } } });
    expect((await getPreferences()).origins).toContainEqual(
      expect.objectContaining({ field: 'safePlace', provenance: 'stated', confidence: 1 }),
    );
    await organization.call(DeletePreferenceRpc, { customerId, field: 'safePlace' });
    expect((await getPreferences()).values).not.toHaveProperty('safePlace');
    await deliverTo('garage');
    expect((await getPreferences()).values).not.toHaveProperty('safePlace');
  });

  it('include the hours at which calls reach the customer, which do not restrict calls', async () => {
    for (let count = 0; count < 3; count += 1) await deliverTo('porch');
    const learned = await getPreferences();
    expect(learned.values.channel).toBe('voice');
    expect(learned.values.preferredHours?.[0]).toEqual({ day: 'monday', from: '08:00', until: '12:00' });
    expect(learned.values.preferredHours).toHaveLength(5);
    // Afternoon of the next day in Chicago, outside the learned hours: the call is still requested at once.
    routing.clock.at = new Date('2026-03-04T20:00:00Z');
    await organization.waitForCallRequest(await postDelivery());
  });
});
