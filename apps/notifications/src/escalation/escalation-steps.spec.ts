import { createECDH, randomBytes } from 'node:crypto';
import ece from 'http_ece';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  AcknowledgeMessageRpc,
  AgentCreated,
  DeliveryAssigned,
  InboxMessageAcknowledged,
  ListInboxRpc,
  RegisterPushSubscriptionRpc,
  SmsRequested,
  type DeliveryAssignedPayload,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { createAssignment, NotificationsFixture, uniqueId, WINDOW } from '../testing/notifications-fixture.js';
import { FakeHttpReceiver, type ReceivedRequest } from '../testing/fake-http-receiver.js';

let app: NotificationsFixture;
let mesh: MeshDouble;
let receiver: FakeHttpReceiver;

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

describe('the escalation of a message', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    receiver = await FakeHttpReceiver.open();
    app = await NotificationsFixture.start({ mongo: mongo.uri, nats: nats.url, redis: redis.url });
    mesh = await MeshDouble.open(nats.url, 'gateway');
  });

  afterAll(async () => {
    await mesh?.close();
    await app?.close();
    await receiver?.close();
  });

  /** Registers a device and returns the path of its push endpoint and a function that decrypts its pushes. */
  async function registerDevice(agentId: string) {
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const auth = randomBytes(16).toString('base64url');
    const path = `/${uniqueId('push')}`;
    const endpoint = `${receiver.url}${path}`;
    const p256dh = keys.getPublicKey('base64url');
    await mesh.call(RegisterPushSubscriptionRpc, { agentId, endpoint, p256dh, auth });
    const decrypt = ({ body }: ReceivedRequest) =>
      JSON.parse(ece.decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret: auth }).toString()) as object;
    return { path, decrypt };
  }

  async function createAgentWithPhone(agentId: string): Promise<void> {
    const capacity = { count: 5 };
    const profile = { agentId, name: 'Ana', phone: '+13125550123', position: [-87, 41] as [number, number] };
    const payload = { ...profile, skills: [], shift: WINDOW, capacity, experience: 0.5 };
    await mesh.publish(AgentCreated, { payload, aggregateId: agentId });
    await eventually('the phone', async () => (await app.findRows('devices', { agentId, kind: 'phone' }))[0]);
  }

  const listSmsRequests = async (messageId: string) =>
    (await mesh.published(SmsRequested)).filter(({ payload }) => payload.notificationId.startsWith(messageId));
  const listSteps = async (messageId: string) =>
    (await app.findRows<{ kind: string; state: string; dueAt: Date }>('work', { 'payload.messageId': messageId })).sort(
      (a, b) => a.dueAt.getTime() - b.dueAt.getTime(),
    );

  it('pushes after 15 s and requests an SMS after 120 s, without the access code', async () => {
    const payload = createAssignment();
    const { agentId, deliveryId } = payload;
    const { path, decrypt } = await registerDevice(agentId);
    await createAgentWithPhone(agentId);
    const createdAtMs = app.clock.now().getTime();
    const { messageId } = await assignAndReadMessage(payload);
    const delays = (await listSteps(messageId)).map(({ kind, dueAt }) => [
      kind,
      (dueAt.getTime() - createdAtMs) / 1000,
    ]);
    expect(delays).toEqual([
      ['push', 15],
      ['sms', 120],
    ]);
    expect(receiver.listRequests(path)).toEqual([]);
    app.clock.advance(16);
    const [push] = await eventually('the push', () =>
      receiver.listRequests(path).length > 0 ? receiver.listRequests(path) : undefined,
    );
    const body = 'Leave it in the garage. Access code in the app.';
    expect(push && decrypt(push)).toEqual({ messageId, deliveryId, sequence: 1, title: 'Delivery REF-1', body });
    expect(push?.headers['topic']).toMatch(/^[A-Za-z0-9_-]{32}$/);
    app.clock.advance(105);
    const [sms] = await eventually('the SMS', async () =>
      (await listSmsRequests(messageId)).length > 0 ? listSmsRequests(messageId) : undefined,
    );
    expect(sms?.payload).toMatchObject({ to: '+13125550123', audience: 'agent', deliveryId });
    expect(sms?.payload.body).toBe(`Delivery REF-1: ${body} Open the app to confirm.`);
    await mesh.call(AcknowledgeMessageRpc, { agentId, messageId });
    const acknowledgment = await eventually('the acknowledgment', async () =>
      (await mesh.published(InboxMessageAcknowledged)).find((event) => event.payload.messageId === messageId),
    );
    expect(acknowledgment.payload.lastChannel).toBe('sms');
  });

  it('stops at the acknowledgment', async () => {
    const payload = createAssignment();
    const { messageId } = await assignAndReadMessage(payload);
    await mesh.call(AcknowledgeMessageRpc, { agentId: payload.agentId, messageId });
    expect(await listSteps(messageId)).toEqual([]);
  });

  it('continues only for the newest message about a delivery', async () => {
    const payload = createAssignment();
    const older = await assignAndReadMessage(payload);
    await assign({ ...payload, agentId: uniqueId('agt') }, 2);
    await eventually('the older escalation to stop', async () =>
      (await listSteps(older.messageId)).length === 0 ? true : undefined,
    );
    const [newer] = await app.findRows<{ _id: string }>('inboxMessages', {
      deliveryId: payload.deliveryId,
      sequence: 1,
      supersededAt: null,
    });
    expect(await listSteps(newer?._id ?? '')).toHaveLength(2);
  });

  it('deletes an expired subscription, and retries a failed push with the same topic', async () => {
    const payload = createAssignment();
    const expiredDevice = await registerDevice(payload.agentId);
    const failingDevice = await registerDevice(payload.agentId);
    receiver.setReplies(expiredDevice.path, { status: 410 });
    receiver.setReplies(failingDevice.path, { status: 503 });
    const { messageId } = await assignAndReadMessage(payload);
    app.clock.advance(16);
    await eventually('the push to be postponed', async () => {
      const [push] = await listSteps(messageId);
      return push?.kind === 'push' && push.dueAt > app.clock.now() ? push : undefined;
    });
    app.clock.advance(6);
    await eventually('the second push', () =>
      receiver.listRequests(failingDevice.path).length === 2 ? true : undefined,
    );
    expect(receiver.listRequests(expiredDevice.path)).toHaveLength(1);
    expect(new Set(receiver.listRequests(failingDevice.path).map(({ headers }) => headers['topic'])).size).toBe(1);
    const remainingDevices = await app.findRows<{ address: string }>('devices', { agentId: payload.agentId });
    expect(remainingDevices.map(({ address }) => address)).toEqual([`${receiver.url}${failingDevice.path}`]);
    const states = await eventually('the notification to be recorded as sent', async () => {
      const notifications = await app.findRows<{ state: string }>('notifications', { messageId });
      const sortedStates = notifications.map(({ state }) => state).sort();
      return sortedStates.includes('sent') ? sortedStates : undefined;
    });
    expect(states).toEqual(['gone', 'sent']);
  });

  it('records a skipped SMS if the agent has no phone number', async () => {
    const { messageId } = await assignAndReadMessage(createAssignment());
    app.clock.advance(121);
    const [sms] = await eventually('the skipped SMS', async () => {
      const notifications = await app.findRows<{ state: string; detail?: string }>('notifications', {
        messageId,
        channel: 'sms',
      });
      return notifications.length > 0 ? notifications : undefined;
    });
    expect(sms).toMatchObject({ state: 'skipped', detail: 'no phone number is known' });
    expect(await listSmsRequests(messageId)).toEqual([]);
  });
});
