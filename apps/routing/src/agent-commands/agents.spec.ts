import {
  AgentAvailabilityChanged,
  AgentDeactivated,
  AgentLocationChanged,
  AgentUpdated,
  DeactivateAgentRpc,
  DeliveryAssigned,
  DeliveryUnassigned,
  GetAgentRpc,
  InboxMessageAcknowledged,
  ListAgentsRpc,
  PutAgentShiftsRpc,
  ReportAgentLocationRpc,
  SetAgentAvailabilityRpc,
  UpdateAgentRpc,
  type Agent,
  type AgentPage,
} from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { MORNING, RoutingFixture, type TestOrganization } from '../testing/routing-fixture.js';

let fixture: RoutingFixture;

const createWindow = (startHours: number, endHours: number): { start: string; end: string } => ({
  start: fixture.hoursFromNow(startHours),
  end: fixture.hoursFromNow(endHours),
});

async function listAllNames(
  organization: TestOrganization,
  filter: { active?: boolean; skill?: string } = {},
): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page: AgentPage = await organization.call(ListAgentsRpc, {
      limit: 2,
      ...filter,
      ...(cursor ? { cursor } : {}),
    });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor);
  return names;
}

describe('agents', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    const urls = { mongo: mongo.uri, nats: nats.url, redis: redis.url };
    fixture = await RoutingFixture.start(urls, () => MeshDouble.open(nats.url, 'gateway'));
  });

  afterAll(async () => {
    await fixture?.close();
  });

  beforeEach(() => fixture.clock.set(MORNING));

  it('are listed newest first, filtered by skill and by active, and only for their organization', async () => {
    const [organization, other] = [await fixture.createOrganization(), await fixture.createOrganization()];
    await other.createAgent({ name: 'Foreign', skills: ['bike'] });
    const agents: Agent[] = [];
    for (const name of ['A', 'B', 'C', 'D', 'E']) {
      agents.push(await organization.createAgent({ name, skills: name < 'D' ? ['bike'] : [] }));
    }
    const [, b] = agents;
    await organization.call(DeactivateAgentRpc, { agentId: b?.agentId ?? '' });
    expect(await listAllNames(organization)).toEqual(['E', 'D', 'C', 'B', 'A']);
    expect(await listAllNames(organization, { active: true })).toEqual(['E', 'D', 'C', 'A']);
    expect(await listAllNames(organization, { active: false })).toEqual(['B']);
    expect(await listAllNames(organization, { skill: 'bike' })).toEqual(['C', 'B', 'A']);
    expect(await listAllNames(organization, { skill: 'bike', active: true })).toEqual(['C', 'A']);
    await expect(organization.call(ListAgentsRpc, { limit: 2, cursor: 'bm90IG91cnM' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(other.call(GetAgentRpc, { agentId: b?.agentId ?? '' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are updated only at the expected revision, and the update is published', async () => {
    const organization = await fixture.createOrganization();
    const { agentId, revision } = await organization.createAgent();
    const change = { agentId, changes: { phone: '+13125550123', skills: ['two_person'] } };
    const changed = await organization.call(UpdateAgentRpc, { ...change, expectedRevision: revision });
    expect(changed).toMatchObject({ name: 'Ana', phone: '+13125550123', skills: ['two_person'], revision: 2 });
    await expect(organization.call(UpdateAgentRpc, { ...change, expectedRevision: revision })).rejects.toMatchObject({
      code: 'revision_mismatch',
    });
    const [updated] = await organization.waitForEvents(AgentUpdated, agentId);
    expect(updated?.payload).toMatchObject({ phone: '+13125550123', name: 'Ana' });
  });

  it('keep the location with the newest device time, even if older ones arrive later, without a new revision', async () => {
    const organization = await fixture.createOrganization();
    const { agentId } = await organization.createAgent();
    const at = fixture.hoursFromNow(-0.1);
    const location = { agentId, position: [-87.7, 41.8] as [number, number], accuracyM: 12 };
    await organization.call(ReportAgentLocationRpc, { ...location, at });
    const olderLocation = { agentId, position: [-80, 40] as [number, number], at: fixture.hoursFromNow(-1) };
    expect(await organization.call(ReportAgentLocationRpc, olderLocation)).toMatchObject({
      position: [-87.7, 41.8],
      at,
    });
    await organization.call(ReportAgentLocationRpc, { agentId, position: [-87.71, 41.81] });
    const agent = await organization.call(GetAgentRpc, { agentId });
    expect(agent).toMatchObject({ revision: 1, lastLocation: { position: [-87.71, 41.81] } });
    expect(agent.lastLocation).not.toHaveProperty('accuracyM');
    expect(await organization.waitForEvents(AgentLocationChanged, agentId, 2)).toHaveLength(2);
    const future = { ...location, at: fixture.hoursFromNow(1) };
    await expect(organization.call(ReportAgentLocationRpc, future)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('who become unavailable lose unacknowledged deliveries to others, and get no new ones', async () => {
    const organization = await fixture.createOrganization();
    const ana = await organization.createAgent();
    const [acknowledgedDelivery, unacknowledgedDelivery] = [
      await organization.postDeliveryWithoutCall(),
      await organization.postDeliveryWithoutCall(),
    ];
    for (const delivery of [acknowledgedDelivery, unacknowledgedDelivery])
      await organization.waitForState(delivery, 'assigned');
    await fixture.mesh.publish(InboxMessageAcknowledged, {
      payload: {
        messageId: 'm1',
        agentId: ana.agentId,
        deliveryId: acknowledgedDelivery.deliveryId,
        lastChannel: 'websocket',
        afterMs: 5,
      },
      aggregateId: ana.agentId,
      organizationId: organization.organizationId,
    });
    await organization.waitForState(acknowledgedDelivery, 'acknowledged');
    const ben = await organization.createAgent({ name: 'Ben', position: [-87.9, 42] });

    const unavailable = await organization.call(SetAgentAvailabilityRpc, {
      agentId: ana.agentId,
      state: 'unavailable',
    });
    expect(unavailable.availability).toMatchObject({ state: 'unavailable' });
    expect(await organization.waitForState(unacknowledgedDelivery, 'assigned')).toMatchObject({ agentId: ben.agentId });
    expect(await organization.get(acknowledgedDelivery)).toMatchObject({ state: 'acknowledged', agentId: ana.agentId });
    const [unassignment] = await organization.waitForEvents(DeliveryUnassigned, unacknowledgedDelivery.deliveryId);
    const assignments = await organization.waitForEvents(DeliveryAssigned, unacknowledgedDelivery.deliveryId, 2);
    expect(unassignment?.payload).toMatchObject({ agentId: ana.agentId, reason: 'the agent is unavailable' });
    expect(assignments.at(-1)?.sequence).toBe((unassignment?.sequence ?? 0) + 1);
    expect((await organization.waitForEvents(AgentAvailabilityChanged, ana.agentId))[0]?.payload).toMatchObject({
      state: 'unavailable',
    });
    const newDelivery = await organization.postDeliveryWithoutCall();
    expect(await organization.waitForState(newDelivery, 'assigned')).toMatchObject({ agentId: ben.agentId });
  });

  it('become available when their absence ends, and get no deliveries within it', async () => {
    const organization = await fixture.createOrganization();
    const { agentId } = await organization.createAgent();
    const until = fixture.hoursFromNow(4);
    await organization.call(SetAgentAvailabilityRpc, { agentId, state: 'unavailable', until });
    const duringAbsence = await organization.postDeliveryWithoutCall({ window: createWindow(1, 3) });
    const afterAbsence = await organization.postDeliveryWithoutCall({ window: createWindow(5, 7) });
    expect(await organization.waitForState(duringAbsence, 'unassignable')).toMatchObject({
      unassignableReason: expect.stringContaining('break') as string,
    });
    await organization.waitForState(afterAbsence, 'assigned');
    fixture.clock.set(new Date(Date.parse(until) + 1_000));
    expect((await organization.call(GetAgentRpc, { agentId })).availability).toEqual({
      state: 'available',
      since: until,
    });
    for (const invalidChange of [
      { state: 'available' as const, until: fixture.hoursFromNow(1) },
      { state: 'on_break' as const, until: fixture.hoursFromNow(-1) },
    ]) {
      await expect(organization.call(SetAgentAvailabilityRpc, { agentId, ...invalidChange })).rejects.toMatchObject({
        code: 'invalid_request',
      });
    }
  });

  it('work several shifts, and lose deliveries outside of them to others', async () => {
    const organization = await fixture.createOrganization();
    const ana = await organization.createAgent();
    const todaysDelivery = await organization.postDeliveryWithoutCall();
    await organization.waitForState(todaysDelivery, 'assigned');
    const overlapping = { agentId: ana.agentId, shifts: [createWindow(24, 30), createWindow(29, 33)] };
    await expect(organization.call(PutAgentShiftsRpc, overlapping)).rejects.toMatchObject({ code: 'invalid_request' });

    const shifts = [createWindow(48, 56), createWindow(24, 32)];
    const changed = await organization.call(PutAgentShiftsRpc, {
      agentId: ana.agentId,
      shifts,
      expectedRevision: ana.revision,
    });
    expect(changed).toMatchObject({ shift: shifts[1], shifts: [shifts[1], shifts[0]] });
    await organization.waitForState(todaysDelivery, 'unassignable');
    const tomorrowsDelivery = await organization.postDeliveryWithoutCall({ window: createWindow(49, 52) });
    expect(await organization.waitForState(tomorrowsDelivery, 'assigned')).toMatchObject({ agentId: ana.agentId });
    fixture.clock.set(new Date(Date.parse(shifts[1]?.end ?? '') + 1));
    expect(await organization.call(GetAgentRpc, { agentId: ana.agentId })).toMatchObject({ shift: shifts[0] });
  });

  it('who are deactivated lose their deliveries and cannot be changed, and the deactivation is published once', async () => {
    const organization = await fixture.createOrganization();
    const { agentId } = await organization.createAgent();
    const delivery = await organization.postDeliveryWithoutCall();
    await organization.waitForState(delivery, 'assigned');
    for (let repeat = 0; repeat < 2; repeat += 1) {
      expect(await organization.call(DeactivateAgentRpc, { agentId })).toMatchObject({ active: false, revision: 2 });
    }
    expect(await organization.waitForState(delivery, 'unassignable')).not.toHaveProperty('agentId');
    expect(await organization.waitForEvents(AgentDeactivated, agentId)).toHaveLength(1);
    await expect(organization.call(UpdateAgentRpc, { agentId, changes: { name: 'X' } })).rejects.toMatchObject({
      code: 'agent_inactive',
    });
    const position = [-87, 41] as [number, number];
    await expect(organization.call(ReportAgentLocationRpc, { agentId, position })).rejects.toMatchObject({
      code: 'agent_inactive',
    });
  });
});
