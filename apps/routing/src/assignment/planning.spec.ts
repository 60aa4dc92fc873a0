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
import { MORNING, RoutingFixture, type RoutingWorld } from '../testing/routing-fixture.js';

let fixture: RoutingFixture;

/** Inserts an agent without scheduling a planning run, so that only a manual commit assigns deliveries to them. */
async function insertAgent(world: RoutingWorld, _id: string, position: [number, number]): Promise<void> {
  const dayMs = 86_400_000;
  await fixture.connection.model('Agent').collection.insertOne({
    _id,
    organizationId: world.organizationId,
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

async function postWaiting(world: RoutingWorld, count: number): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (let index = 0; index < count; index += 1) {
    deliveries.push(await world.waitForState(await world.postDeliveryWithoutCall(), 'unassignable'));
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
    const world = await fixture.createWorld();
    const [first, second] = await postWaiting(world, 2);
    if (!first || !second) throw new Error('Expected two waiting deliveries.');
    await insertAgent(world, 'agt_near', [-87.61, 41.9]);
    await insertAgent(world, 'agt_far', [-87.9, 42]);
    const scope = { deliveryIds: [first.deliveryId] };
    const preview = await world.call(PreviewAssignmentRpc, scope);
    const [planned] = preview.assignments;
    expect(planned).toMatchObject({ deliveryId: first.deliveryId, agentId: 'agt_near', runnerUpAgentId: 'agt_far' });
    const terms = Object.values<number>({ ...planned?.terms });
    expect(terms.reduce((sum, term) => sum + term, 0)).toBe(planned?.cost);
    expect((await world.get(first)).state).toBe('unassignable');

    // Later planning changes the costs but not the plan.
    fixture.clock.set(new Date(MORNING.getTime() + 5_000));
    const { planId } = preview;
    const committed = await world.call(CommitAssignmentRpc, { planId, ...scope });
    expect(committed).toMatchObject({ planId, boardVersion: preview.boardVersion + 1 });
    expect(await world.get(first)).toMatchObject({ state: 'assigned', agentId: 'agt_near' });
    expect(await world.get(second)).toMatchObject({ state: 'unassignable' });
    expect(await world.waitForEvents(DeliveryAssigned, first.deliveryId)).toHaveLength(1);
    await expect(world.call(CommitAssignmentRpc, { planId, ...scope })).rejects.toMatchObject({ code: 'not_waiting' });
  });

  it('refuses to commit a plan that has changed since the preview, and applies nothing of it', async () => {
    const world = await fixture.createWorld();
    const [delivery] = await postWaiting(world, 1);
    if (!delivery) throw new Error('Expected a waiting delivery.');
    await insertAgent(world, 'agt_b', [-87.9, 42]);
    const { planId } = await world.call(PreviewAssignmentRpc, {});
    await insertAgent(world, 'agt_a', [-87.6, 41.9]);
    await expect(world.call(CommitAssignmentRpc, { planId })).rejects.toMatchObject({ code: 'plan_changed' });
    expect((await world.get(delivery)).state).toBe('unassignable');
  });

  it('reports the binding constraint, and accepts only one of two concurrent commits', async () => {
    const world = await fixture.createWorld();
    const deliveries = await postWaiting(world, 2);
    await insertAgent(world, 'agt_one', [-87.61, 41.9]);
    const preview = await world.call(PreviewAssignmentRpc, {});
    expect(preview.assignments).toHaveLength(1);
    expect(preview.unassigned).toMatchObject([{ bindingConstraint: 'capacity' }]);
    const { planId } = preview;
    const commits = await Promise.allSettled([1, 2].map(() => world.call(CommitAssignmentRpc, { planId })));
    expect(commits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const states = await Promise.all(deliveries.map((delivery) => world.get(delivery)));
    expect(states.map(({ state }) => state).sort()).toEqual(['assigned', 'unassignable']);
    const otherWorld = await fixture.createWorld();
    const deliveryIds = [deliveries[0]?.deliveryId ?? ''];
    await expect(otherWorld.call(PreviewAssignmentRpc, { deliveryIds })).rejects.toMatchObject({ code: 'not_waiting' });
  });

  it('reports when a customer may be called, the recommended time, and the calls left', async () => {
    const world = await fixture.createWorld();
    const { customerId } = await world.postDelivery();
    const timing = await world.call(GetCallTimingRpc, { customerId, deadline: fixture.hoursFromNow(24) });
    expect(timing).toMatchObject({ zones: ['America/Chicago'], doNotCall: false, callsPerDelivery: 3 });
    // Until 20:00 in the organization's time zone, and from 9:00 on the next day.
    expect(timing.lawfulWindows.map(({ end }) => end)).toEqual(['2026-03-04T02:00:00.000Z', timing.deadline]);
    expect(timing.lawfulWindows[1]?.start).toBe('2026-03-04T15:00:00.000Z');
    expect(timing.recommendedAt).toBe(timing.lawfulWindows[0]?.start);
    const preferredHours = [{ from: '18:00', until: '19:00' }];
    await world.call(PutPreferencesRpc, { customerId, preferences: { preferredHours } });
    expect(await world.call(GetCallTimingRpc, { customerId })).toMatchObject({
      recommendedAt: '2026-03-04T00:00:00.000Z',
      reason: expect.stringContaining('wishes') as string,
    });
    await world.call(SetDoNotCallRpc, { customerId, doNotCall: true, reason: 'asked', source: 'customer' });
    const timingAfterOptOut = await world.call(GetCallTimingRpc, { customerId });
    expect(timingAfterOptOut).toMatchObject({ doNotCall: true, callsLeftToday: 0 });
    expect(timingAfterOptOut.reason).toMatch(/^do_not_call/);
    expect(timingAfterOptOut).not.toHaveProperty('recommendedAt');
    const tooLateDeadline = { customerId, deadline: fixture.hoursFromNow(24 * 15) };
    await expect(world.call(GetCallTimingRpc, tooLateDeadline)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
