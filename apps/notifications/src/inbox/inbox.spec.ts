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
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import {
  createAssignment,
  createSpokenFinding,
  NotificationsFixture,
  uniqueId,
  WINDOW,
} from '../testing/notifications-fixture.js';

let app: NotificationsFixture;
let mesh: MeshDouble;

const eventually = <T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  waitUntil<T>(probe, { what, everyMs: 25 });

const assign = (payload: DeliveryAssignedPayload, sequence = 1, organizationId = 'org_1', id?: string) =>
  mesh.publish(DeliveryAssigned, {
    payload,
    aggregateId: payload.deliveryId,
    sequence,
    organizationId,
    ...(id === undefined ? {} : { id }),
  });

const listInbox = async (agentId: string): Promise<InboxMessage[]> =>
  (await mesh.call(ListInboxRpc, { agentId, afterSequence: 0, limit: 200 })).items;

async function assignAndReadMessage(payload: DeliveryAssignedPayload): Promise<InboxMessage> {
  await assign(payload);
  return eventually('the message', async () => (await listInbox(payload.agentId)).at(-1));
}

describe('the inbox', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    app = await NotificationsFixture.start({ mongo: mongo.uri, nats: nats.url, redis: redis.url });
    mesh = await MeshDouble.open(nats.url, 'gateway');
  });

  afterAll(async () => {
    await mesh?.close();
    await app?.close();
  });

  it('numbers an agent’s messages without gaps, with concurrent and duplicate events', async () => {
    const agentId = uniqueId('agt');
    const assignments = Array.from({ length: 30 }, () => ({
      payload: createAssignment({ agentId }),
      id: uniqueId('evt'),
    }));
    await Promise.all(
      [...assignments, ...assignments.slice(0, 10)].map(({ payload, id }) => assign(payload, 1, 'org_1', id)),
    );
    await eventually('thirty messages', async () => ((await listInbox(agentId)).length >= 30 ? true : undefined));
    expect((await listInbox(agentId)).map(({ sequence }) => sequence)).toEqual(
      assignments.map((_, index) => index + 1),
    );
    const page = await mesh.call(ListInboxRpc, { agentId, afterSequence: 28, limit: 200 });
    expect(page.items.map(({ sequence }) => sequence)).toEqual([29, 30]);
    const events = await eventually('thirty events', async () => {
      const addedEvents = (await mesh.published(InboxMessageAdded)).filter(
        ({ aggregateId }) => aggregateId === agentId,
      );
      return addedEvents.length === 30 ? addedEvents : undefined;
    });
    expect(events.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      assignments.map((_, index) => index + 1),
    );
  });

  it('adds the place to a change of instructions, and ignores older events', async () => {
    const payload = createAssignment();
    const { deliveryId, reference, agentId } = payload;
    await assign(payload, 2);
    const changeInstructions = (sequence: number, place: 'porch' | 'shed') =>
      mesh.publish(InstructionsChanged, {
        payload: {
          deliveryId,
          reference,
          agentId,
          instructions: { safePlace: createSpokenFinding(place), complexity: 1 },
        },
        aggregateId: deliveryId,
        sequence,
      });
    await eventually('the assignment', async () => (await listInbox(agentId))[0]);
    await changeInstructions(5, 'porch');
    await eventually('the change', async () => (await listInbox(agentId))[1]);
    await changeInstructions(4, 'shed');
    await assign(createAssignment({ ...payload, deliveryId: uniqueId('dlv') }));
    const messages = await eventually('the next message', async () => {
      const inbox = await listInbox(agentId);
      return inbox.length === 3 ? inbox : undefined;
    });
    expect(messages[1]).toMatchObject({ summary: 'Leave it on the porch.', customerName: 'Cara', window: WINDOW });
    expect(messages.map(({ summary }) => summary).join()).not.toContain('shed');
  });

  it('masks access codes once the delivery is assigned to another agent', async () => {
    const firstAssignment = createAssignment();
    const message = await assignAndReadMessage(firstAssignment);
    expect(message.instructions?.accessCode?.value).toBe('4512#');
    await assign({ ...firstAssignment, agentId: uniqueId('agt') }, 2);
    const maskedMessage = await eventually('the code to be masked', async () => {
      const [oldest] = await listInbox(firstAssignment.agentId);
      return oldest && !JSON.stringify(oldest).includes('4512') ? oldest : undefined;
    });
    expect(maskedMessage).toMatchObject({ instructions: { safePlace: { value: 'garage' } } });
    expect(maskedMessage.transcript).toMatch(/^in the garage, the code is •+/);
    const { agentId } = firstAssignment;
    const acknowledgedMessage = await mesh.call(AcknowledgeMessageRpc, { agentId, messageId: message.messageId });
    expect(JSON.stringify(acknowledgedMessage)).not.toContain('4512');
  });

  it('accepts an acknowledgment once, and only from the agent of the message', async () => {
    const payload = createAssignment();
    const { agentId, deliveryId } = payload;
    const { messageId } = await assignAndReadMessage(payload);
    await expect(mesh.call(AcknowledgeMessageRpc, { agentId: 'agt_other', messageId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      mesh.call(AcknowledgeMessageRpc, { agentId, messageId }, { organizationId: 'org_2' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    app.clock.advance(4);
    const firstReply = await mesh.call(AcknowledgeMessageRpc, { agentId, messageId });
    app.clock.advance(4);
    expect(await mesh.call(AcknowledgeMessageRpc, { agentId, messageId })).toEqual(firstReply);
    expect(firstReply.acknowledgedAt).toBeDefined();
    const acknowledgedEvents = await eventually('the event', async () => {
      const events = (await mesh.published(InboxMessageAcknowledged)).filter(
        (event) => event.payload.messageId === messageId,
      );
      return events.length > 0 ? events : undefined;
    });
    expect(acknowledgedEvents.map((event) => event.payload)).toEqual([
      { messageId, agentId, deliveryId, messageKind: 'assignment', lastChannel: 'websocket', afterMs: 4000 },
    ]);
  });
});
