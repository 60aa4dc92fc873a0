import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  AcknowledgeMessageRpc,
  DeliveryAssigned,
  InboxMessageAcknowledged,
  InboxMessageAdded,
  InstructionsChanged,
  ListInboxRpc,
  type DeliveryAssignedPayload,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { assignment, spokenFinding, NotificationsFixture, uniqueId, WINDOW } from '../testing/notifications-fixture.js';

let app: NotificationsFixture;
let mesh: RestOfMesh;

const eventually = <T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  waitUntil<T>(probe, { what, deadlineMs: 25_000, everyMs: 25 });

const assign = (payload: DeliveryAssignedPayload, sequence = 1, organizationId = 'org_1', id?: string) =>
  mesh.publish(DeliveryAssigned, {
    payload,
    aggregateId: payload.deliveryId,
    sequence,
    organizationId,
    ...(id === undefined ? {} : { id }),
  });

const inboxOf = async (agentId: string): Promise<InboxMessage[]> =>
  (await mesh.call(ListInboxRpc, { agentId, afterSequence: 0, limit: 200 })).items;

async function assignAndReadMessage(payload: DeliveryAssignedPayload): Promise<InboxMessage> {
  await assign(payload);
  return eventually('the message', async () => (await inboxOf(payload.agentId)).at(-1));
}

describe('the inbox', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    app = await NotificationsFixture.start({ mongo: mongo.uri, nats: nats.url, redis: redis.url });
    mesh = await RestOfMesh.open(nats.url, 'gateway');
  });

  // Inside the describe, because a hook at file level stops the servers afterwards.
  afterAll(async () => {
    await mesh?.close();
    await app?.close();
  });

  it('numbers an agent’s messages without gaps, with concurrent and duplicate events', async () => {
    const agentId = uniqueId('agt');
    const assignments = Array.from({ length: 30 }, () => ({ payload: assignment({ agentId }), id: uniqueId('evt') }));
    await Promise.all(
      [...assignments, ...assignments.slice(0, 10)].map(({ payload, id }) => assign(payload, 1, 'org_1', id)),
    );
    await eventually('thirty messages', async () => ((await inboxOf(agentId)).length >= 30 ? true : undefined));
    expect((await inboxOf(agentId)).map(({ sequence }) => sequence)).toEqual(assignments.map((_, index) => index + 1));
    const page = await mesh.call(ListInboxRpc, { agentId, afterSequence: 28, limit: 200 });
    expect(page.items.map(({ sequence }) => sequence)).toEqual([29, 30]);
    const events = await eventually('thirty events', async () => {
      const heard = (await mesh.published(InboxMessageAdded)).filter(({ aggregateId }) => aggregateId === agentId);
      return heard.length === 30 ? heard : undefined;
    });
    expect(events.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      assignments.map((_, index) => index + 1),
    );
  });

  it('adds the place to a change of instructions, and ignores older events', async () => {
    const payload = assignment();
    const { deliveryId, reference, agentId } = payload;
    await assign(payload, 2);
    const change = (sequence: number, place: 'porch' | 'shed') =>
      mesh.publish(InstructionsChanged, {
        payload: { deliveryId, reference, agentId, instructions: { safePlace: spokenFinding(place), complexity: 1 } },
        aggregateId: deliveryId,
        sequence,
      });
    await eventually('the assignment', async () => (await inboxOf(agentId))[0]);
    await change(5, 'porch');
    await eventually('the change', async () => (await inboxOf(agentId))[1]);
    await change(4, 'shed');
    await assign(assignment({ ...payload, deliveryId: uniqueId('dlv') }));
    const messages = await eventually('the next message', async () => {
      const all = await inboxOf(agentId);
      return all.length === 3 ? all : undefined;
    });
    expect(messages[1]).toMatchObject({ summary: 'Leave it on the porch.', customerName: 'Cara', window: WINDOW });
    expect(messages.map(({ summary }) => summary).join()).not.toContain('shed');
  });

  it('masks access codes once the delivery is assigned to another agent', async () => {
    const first = assignment();
    const message = await assignAndReadMessage(first);
    expect(message.instructions?.accessCode?.value).toBe('4512#');
    await assign({ ...first, agentId: uniqueId('agt') }, 2);
    const masked = await eventually('the code to be masked', async () => {
      const [oldest] = await inboxOf(first.agentId);
      return oldest && !JSON.stringify(oldest).includes('4512') ? oldest : undefined;
    });
    expect(masked).toMatchObject({ instructions: { safePlace: { value: 'garage' } } });
    expect(masked.transcript).toMatch(/^in the garage, the code is •+/);
    const { agentId } = first;
    const read = await mesh.call(AcknowledgeMessageRpc, { agentId, messageId: message.messageId });
    expect(JSON.stringify(read)).not.toContain('4512');
  });

  it('accepts an acknowledgment once, and only from the agent of the message', async () => {
    const payload = assignment();
    const { agentId, deliveryId } = payload;
    const { messageId } = await assignAndReadMessage(payload);
    await expect(mesh.call(AcknowledgeMessageRpc, { agentId: 'agt_other', messageId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      mesh.call(AcknowledgeMessageRpc, { agentId, messageId }, { organizationId: 'org_2' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    app.clock.advance(4);
    const first = await mesh.call(AcknowledgeMessageRpc, { agentId, messageId });
    app.clock.advance(4);
    expect(await mesh.call(AcknowledgeMessageRpc, { agentId, messageId })).toEqual(first);
    expect(first.acknowledgedAt).toBeDefined();
    const heard = await eventually('the event', async () => {
      const events = (await mesh.published(InboxMessageAcknowledged)).filter(
        (one) => one.payload.messageId === messageId,
      );
      return events.length > 0 ? events : undefined;
    });
    expect(heard.map((one) => one.payload)).toEqual([
      { messageId, agentId, deliveryId, messageKind: 'assignment', lastChannel: 'websocket', afterMs: 4000 },
    ]);
  });
});
