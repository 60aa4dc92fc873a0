import {
  DeclineDeliveryRpc,
  DeliveryAssigned,
  DeliveryUnassigned,
  DeliveryWithdrawn,
  GetAgentPerformanceRpc,
  InboxMessageAcknowledged,
  ReassignDeliveryRpc,
  ReportStatusRpc,
  UpdateAgentRpc,
  type Delivery,
} from '#libs/contracts/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { TravelRecordRepository } from '../travel/travel-record.repository.js';
import { eventually, MORNING, RoutingUnderTest, type TestOrganization } from '../testing/routing-under-test.js';

const NEAR: [number, number] = [-87.61, 41.9];
const FAR: [number, number] = [-87.75, 41.95];
const MINUTE_MS = 60_000;

describe('offers', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;

  beforeAll(async () => (routing = await RoutingUnderTest.start()));
  afterAll(async () => routing.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
  });

  /** Posts a delivery that is assigned at once, without a call. */
  const postDeliveryWithoutCall = (overrides = {}): Promise<Delivery> =>
    organization.postDelivery({ decideBy: routing.hoursFromNow(-1), ...overrides });
  const postAssigned = async (overrides = {}): Promise<Delivery> =>
    organization.waitForState(await postDeliveryWithoutCall(overrides), 'assigned');
  /** Sets the clock. An offer expires after 30 minutes, the default of `OFFER_SECONDS`. */
  const setMinutesAfterMorning = (minutes: number): void =>
    void (routing.clock.at = new Date(MORNING.getTime() + minutes * MINUTE_MS));
  const waitForAgent = ({ deliveryId }: Delivery, agentId: string): Promise<Delivery> =>
    eventually(`${deliveryId} to be with ${agentId}`, async () => {
      const delivery = await organization.get({ deliveryId });
      return delivery.state === 'assigned' && delivery.agentId === agentId && delivery;
    });

  async function acknowledge(delivery: Delivery): Promise<void> {
    const { deliveryId, agentId = '' } = delivery;
    const messageId = `msg_${deliveryId}`;
    await routing.mesh.publish(InboxMessageAcknowledged, {
      payload: { messageId, deliveryId, agentId, messageKind: 'assignment', lastChannel: 'websocket', afterMs: 5 },
      aggregateId: messageId,
      organizationId: organization.organizationId,
    });
    await organization.waitForState(delivery, 'acknowledged');
  }

  it('that an agent declines go to another agent, and never to the agent who declined', async () => {
    const { agentId } = await organization.createAgent({ position: NEAR });
    const delivery = await postAssigned();
    const other = await organization.createAgent({ name: 'Ben', position: FAR });
    const decline = { agentId, deliveryId: delivery.deliveryId, decline: { reason: 'too_heavy' as const } };
    expect(await organization.call(DeclineDeliveryRpc, decline)).toEqual({ deliveryId: delivery.deliveryId });
    await waitForAgent(delivery, other.agentId);
    const [unassigned] = await organization.waitForEvents(DeliveryUnassigned, delivery.deliveryId);
    expect(unassigned).toMatchObject({ agentId, reason: 'declined, too heavy' });
    expect(await organization.call(DeclineDeliveryRpc, decline)).toEqual({ deliveryId: delivery.deliveryId });
    await expect(organization.call(DeclineDeliveryRpc, { ...decline, agentId: 'agt_unknown' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const second = { ...decline, agentId: other.agentId };
    await organization.call(DeclineDeliveryRpc, second);
    const unassignable = await organization.waitForState(delivery, 'unassignable');
    expect(unassignable.unassignableReason).toMatch(/declined/);
  });

  it('can be declined until they are out for delivery', async () => {
    const { agentId } = await organization.createAgent({ position: NEAR });
    const { deliveryId } = await postAssigned();
    await organization.call(ReportStatusRpc, { agentId, deliveryId, report: { status: 'out_for_delivery' } });
    await expect(
      organization.call(DeclineDeliveryRpc, { agentId, deliveryId, decline: { reason: 'no_time' } }),
    ).rejects.toMatchObject({ code: 'decline_not_possible' });
  });

  it('that are not acknowledged in time go to another agent, or stay if no other agent can take them', async () => {
    const unresponsive = await organization.createAgent({ position: NEAR });
    const delivery = await postAssigned();
    setMinutesAfterMorning(31);
    // Expired, but not revoked, as there is no other agent.
    expect((await organization.get(delivery)).agentId).toBe(unresponsive.agentId);
    const other = await organization.createAgent({ name: 'Ben', position: FAR });
    setMinutesAfterMorning(62);
    await waitForAgent(delivery, other.agentId);
    const [unassigned] = await organization.waitForEvents(DeliveryUnassigned, delivery.deliveryId);
    expect(unassigned).toMatchObject({ agentId: unresponsive.agentId, reason: 'not acknowledged in time' });
  });

  it('do not expire once they are acknowledged, nor if a dispatcher chose the agent', async () => {
    const { agentId } = await organization.createAgent({ position: NEAR });
    const [acknowledged, chosen] = [await postAssigned(), await postAssigned()];
    const other = await organization.createAgent({ name: 'Ben', position: FAR });
    await acknowledge(acknowledged);
    await organization.call(ReassignDeliveryRpc, {
      deliveryId: chosen.deliveryId,
      reassignment: { agentId: other.agentId },
    });
    setMinutesAfterMorning(32);
    const third = await postAssigned();
    expect(third.agentId).toBe(agentId);
    expect(await organization.get(acknowledged)).toMatchObject({ state: 'acknowledged', agentId });
    expect(await organization.get(chosen)).toMatchObject({ state: 'assigned', agentId: other.agentId });
    expect(await organization.call(GetAgentPerformanceRpc, { agentId })).toMatchObject({ acknowledgements: 1 });
  });

  it('are moved to free an agent for deliveries that only they can make, unless a dispatcher chose the agent', async () => {
    const skilled = await organization.createAgent({ position: NEAR, skills: ['cold'], capacity: { count: 1 } });
    const plain = await postAssigned();
    expect(plain.agentId).toBe(skilled.agentId);
    const other = await organization.createAgent({ name: 'Ben', position: FAR });
    const cold = await postAssigned({ requires: ['cold'] });
    expect(cold.agentId).toBe(skilled.agentId);
    await waitForAgent(plain, other.agentId);
    expect(await organization.waitForEvents(DeliveryWithdrawn, plain.deliveryId)).toMatchObject([
      { agentId: skilled.agentId, reason: 'reassigned' },
    ]);
    expect(await organization.listEvents(DeliveryAssigned, plain.deliveryId)).toHaveLength(2);

    const third = await postAssigned();
    await organization.call(UpdateAgentRpc, { agentId: skilled.agentId, changes: { capacity: { count: 2 } } });
    const { deliveryId } = third;
    await organization.call(ReassignDeliveryRpc, { deliveryId, reassignment: { agentId: skilled.agentId } });
    const unassignable = await organization.waitForState(
      await postDeliveryWithoutCall({ requires: ['cold'] }),
      'unassignable',
    );
    expect(unassignable.unassignableReason).toMatch(/full/);
    expect(await organization.get(third)).toMatchObject({ agentId: skilled.agentId });
  });

  it('respect the areas and vehicles of agents', async () => {
    const corners: [number, number][] = [
      [-87.8, 41.8],
      [-87.7, 41.8],
      [-87.7, 42],
      [-87.8, 42],
    ];
    await organization.createAgent({
      position: NEAR,
      area: corners.map((position) => ({ position })),
      vehicle: 'bike',
    });
    expect(
      (await organization.waitForState(await postDeliveryWithoutCall(), 'unassignable')).unassignableReason,
    ).toMatch(/no agent delivers/);
    const van = await organization.createAgent({ name: 'Ben', position: FAR, vehicle: 'van' });
    expect((await postAssigned({ requires: ['vehicle:van'] })).agentId).toBe(van.agentId);
  });

  it('use travel times learned from hand-overs', async () => {
    const { agentId } = await organization.createAgent({ position: NEAR, capacity: { count: 60 } });
    const far: [number, number] = [-87.68, 41.9];
    const customerAt = (position: [number, number], index: number) => ({
      name: 'Cara',
      phone: `+1312555${3000 + index}`,
      position,
    });
    const window = { start: routing.hoursFromNow(-1), end: routing.hoursFromNow(9) };
    // Each leg takes twice the default estimate (5,797 m, detour factor 1.35, 8 m/s), and each hand-over 240 s.
    const legSeconds = 2 * ((5_797 * 1.35) / 8) + 240;
    for (let index = 0; index < 12; index += 1) {
      const customer = customerAt(index % 2 === 0 ? far : NEAR, index);
      const { deliveryId } = await postAssigned({ customer, window });
      const at = new Date(MORNING.getTime() + 600_000 + index * legSeconds * 1000).toISOString();
      routing.clock.at = new Date(at);
      await organization.call(ReportStatusRpc, { agentId, deliveryId, report: { status: 'delivered', at } });
    }
    const record = await routing.app.get(TravelRecordRepository).read(parseOrganizationId(organization.organizationId));
    expect(record.legs).toBe(11);
    expect(record.logSum / record.legs).toBeCloseTo(Math.log(2), 1);
  });

  it('go to an agent who knows the customer, and hand-overs change the agent’s performance and its confidence interval', async () => {
    const customer = { name: 'Cara', phone: '+13125550777', position: [-87.6, 41.9] as [number, number] };
    const ben = await organization.createAgent({ name: 'Ben', position: NEAR });
    const first = await postAssigned({ customer });
    const { deliveryId } = first;
    setMinutesAfterMorning(200);
    const report = { status: 'delivered' as const, at: new Date(MORNING.getTime() + 200 * MINUTE_MS).toISOString() };
    await organization.call(ReportStatusRpc, { agentId: ben.agentId, deliveryId, report });
    routing.clock.at = MORNING;
    // Slightly nearer, but new to the customer.
    await organization.createAgent({ name: 'Ana', position: [-87.605, 41.9] });
    const secondDelivery = await postAssigned({ customer });
    expect(secondDelivery.agentId).toBe(ben.agentId);
    expect(secondDelivery.assignment?.explanation).toMatch(/knows the customer/);

    const failed = { status: 'failed' as const, reason: 'no_access' as const };
    await organization.call(ReportStatusRpc, {
      agentId: ben.agentId,
      deliveryId: secondDelivery.deliveryId,
      report: failed,
    });
    const performance = await organization.call(GetAgentPerformanceRpc, { agentId: ben.agentId });
    expect(performance).toMatchObject({
      onTime: { met: 1, total: 1, share: 1 },
      firstAttempt: { met: 1, total: 2, share: 0.5 },
      asInstructed: { met: 0, total: 0, low: 0, high: 1 },
    });
    expect(performance.firstAttempt.low).toBeLessThan(0.1);
    expect(performance.expectedFailures).toBeGreaterThan(0.05);
    expect(performance.expectedFailures).toBeLessThan(0.2);
  });
});
