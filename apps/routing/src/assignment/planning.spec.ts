import {
  CommitAssignmentRpc,
  DeliveryAssigned,
  GetCallTimingRpc,
  PreviewAssignmentRpc,
  PutPreferencesRpc,
  SetDoNotCallRpc,
  type Delivery,
} from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { MORNING, RoutingFixture, type TestOrganization } from '../testing/routing-fixture.js';

let fixture: RoutingFixture;

/** Inserts an agent without scheduling a planning run, so that only a manual commit assigns deliveries to them. */
async function insertAgent(organization: TestOrganization, _id: string, position: [number, number]): Promise<void> {
  const dayMs = 86_400_000;
  await fixture.connection.model('Agent').collection.insertOne({
    _id,
    organizationId: organization.organizationId,
    revision: 1,
    sequence: 1,
    name: _id,
    phone: '+13125550199',
    position,
    skills: [],
    shift: { start: MORNING, end: new Date(MORNING.getTime() + dayMs) },
    furtherShifts: [],
    breaks: [],
    capacity: { count: 1 },
    experience: 0.5,
    active: true,
    availability: { state: 'available', since: MORNING },
    createdAt: MORNING,
  } as never);
}

async function postWaiting(organization: TestOrganization, count: number): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (let index = 0; index < count; index += 1) {
    deliveries.push(await organization.waitForState(await organization.postDeliveryWithoutCall(), 'unassignable'));
  }
  return deliveries;
}

describe('manual planning', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    const urls = { mongo: mongo.uri, nats: nats.url, redis: redis.url };
    fixture = await RoutingFixture.start(urls, () => MeshDouble.open(nats.url, 'gateway'));
  });

  afterAll(async () => {
    await fixture?.close();
  });

  beforeEach(() => fixture.clock.set(MORNING));

  it('previews assignments with their costs without storing them, and commits exactly those, once', async () => {
    const organization = await fixture.createOrganization();
    const [first, second] = await postWaiting(organization, 2);
    if (!first || !second) throw new Error('Expected two waiting deliveries.');
    await insertAgent(organization, 'agt_near', [-87.61, 41.9]);
    await insertAgent(organization, 'agt_far', [-87.9, 42]);
    const scope = { deliveryIds: [first.deliveryId] };
    const preview = await organization.call(PreviewAssignmentRpc, scope);
    const [planned] = preview.assignments;
    expect(planned).toMatchObject({ deliveryId: first.deliveryId, agentId: 'agt_near', runnerUpAgentId: 'agt_far' });
    const terms = Object.values<number>({ ...planned?.terms });
    expect(terms.reduce((sum, term) => sum + term, 0)).toBe(planned?.cost);
    expect((await organization.get(first)).state).toBe('unassignable');

    // Later planning changes the costs but not the plan.
    fixture.clock.set(new Date(MORNING.getTime() + 5_000));
    const { planId } = preview;
    const committed = await organization.call(CommitAssignmentRpc, { planId, ...scope });
    expect(committed).toMatchObject({ planId, boardVersion: preview.boardVersion + 1 });
    expect(await organization.get(first)).toMatchObject({ state: 'assigned', agentId: 'agt_near' });
    expect(await organization.get(second)).toMatchObject({ state: 'unassignable' });
    expect(await organization.waitForEvents(DeliveryAssigned, first.deliveryId)).toHaveLength(1);
    await expect(organization.call(CommitAssignmentRpc, { planId, ...scope })).rejects.toMatchObject({
      code: 'not_waiting',
    });
  });

  it('refuses to commit a plan that has changed since the preview, and applies nothing of it', async () => {
    const organization = await fixture.createOrganization();
    const [delivery] = await postWaiting(organization, 1);
    if (!delivery) throw new Error('Expected a waiting delivery.');
    await insertAgent(organization, 'agt_b', [-87.9, 42]);
    const { planId } = await organization.call(PreviewAssignmentRpc, {});
    await insertAgent(organization, 'agt_a', [-87.6, 41.9]);
    await expect(organization.call(CommitAssignmentRpc, { planId })).rejects.toMatchObject({ code: 'plan_changed' });
    expect((await organization.get(delivery)).state).toBe('unassignable');
  });

  it('reports the binding constraint, and accepts only one of two concurrent commits', async () => {
    const organization = await fixture.createOrganization();
    const deliveries = await postWaiting(organization, 2);
    await insertAgent(organization, 'agt_one', [-87.61, 41.9]);
    const preview = await organization.call(PreviewAssignmentRpc, {});
    expect(preview.assignments).toHaveLength(1);
    expect(preview.unassigned).toMatchObject([{ bindingConstraint: 'capacity' }]);
    const { planId } = preview;
    const commits = await Promise.allSettled([1, 2].map(() => organization.call(CommitAssignmentRpc, { planId })));
    expect(commits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const states = await Promise.all(deliveries.map((delivery) => organization.get(delivery)));
    expect(states.map(({ state }) => state).sort()).toEqual(['assigned', 'unassignable']);
    const otherOrganization = await fixture.createOrganization();
    const deliveryIds = [deliveries[0]?.deliveryId ?? ''];
    await expect(otherOrganization.call(PreviewAssignmentRpc, { deliveryIds })).rejects.toMatchObject({
      code: 'not_waiting',
    });
  });

  it('reports when a customer may be called, the recommended time, and the calls left', async () => {
    const organization = await fixture.createOrganization();
    const { customerId } = await organization.postDelivery();
    const timing = await organization.call(GetCallTimingRpc, { customerId, deadline: fixture.hoursFromNow(24) });
    expect(timing).toMatchObject({ zones: ['America/Chicago'], doNotCall: false, callsPerDelivery: 3 });
    // Until 20:00 in the organization's time zone, and from 9:00 on the next day.
    expect(timing.lawfulWindows.map(({ end }) => end)).toEqual(['2026-03-04T02:00:00.000Z', timing.deadline]);
    expect(timing.lawfulWindows[1]?.start).toBe('2026-03-04T15:00:00.000Z');
    expect(timing.recommendedAt).toBe(timing.lawfulWindows[0]?.start);
    const preferredHours = [{ from: '18:00', until: '19:00' }];
    await organization.call(PutPreferencesRpc, { customerId, preferences: { preferredHours } });
    expect(await organization.call(GetCallTimingRpc, { customerId })).toMatchObject({
      recommendedAt: '2026-03-04T00:00:00.000Z',
      reason: expect.stringContaining('wishes') as string,
    });
    await organization.call(SetDoNotCallRpc, { customerId, doNotCall: true, reason: 'asked', source: 'customer' });
    const timingAfterOptOut = await organization.call(GetCallTimingRpc, { customerId });
    expect(timingAfterOptOut).toMatchObject({ doNotCall: true, callsLeftToday: 0 });
    expect(timingAfterOptOut.reason).toMatch(/^do_not_call/);
    expect(timingAfterOptOut).not.toHaveProperty('recommendedAt');
    const tooLateDeadline = { customerId, deadline: fixture.hoursFromNow(24 * 15) };
    await expect(organization.call(GetCallTimingRpc, tooLateDeadline)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
