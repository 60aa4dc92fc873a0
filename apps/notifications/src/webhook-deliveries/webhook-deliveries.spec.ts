import { Webhook } from 'standardwebhooks';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CreateWebhookEndpointRpc,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryRefused,
  ListInboxRpc,
  WebhookSettled,
  type DeliveryAssignedPayload,
} from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import {
  createAssignment,
  NotificationsFixture,
  uniqueId,
  RETRY_WAITS_SECONDS,
} from '../testing/notifications-fixture.js';
import { FakeHttpReceiver } from '../testing/fake-http-receiver.js';

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

describe('partner webhooks', () => {
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

  /** Creates an organization and an endpoint for one test. */
  async function createPartner() {
    const organizationId = uniqueId('org');
    const path = `/${uniqueId('hook')}`;
    const endpoint = await mesh.call(CreateWebhookEndpointRpc, { url: `${receiver.url}${path}` }, { organizationId });
    const listSettledEvents = async () =>
      (await mesh.published(WebhookSettled)).filter((event) => event.organizationId === organizationId);
    return { organizationId, path, endpoint, listSettledEvents };
  }

  it('are signed and match their contract, and emit an event when they are settled', async () => {
    const { organizationId, path, endpoint, listSettledEvents } = await createPartner();
    const payload = createAssignment();
    await assign(payload, 3, organizationId);
    const [webhook] = await eventually('the webhook', () =>
      receiver.listRequests(path).length > 0 ? receiver.listRequests(path) : undefined,
    );
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const headers = webhook?.headers as Record<string, string>;
    const verifiedBody = new Webhook(endpoint.secret).verify(webhook?.body.toString() ?? '', headers);
    expect(verifiedBody).toMatchObject({
      type: 'delivery.assigned',
      data: { sequence: 3, deliveryId: payload.deliveryId, agentName: 'Ana', customerReached: true },
    });
    expect(webhook?.body.toString()).not.toMatch(/4512/);
    const [event] = await eventually('the event', async () =>
      (await listSettledEvents()).length > 0 ? listSettledEvents() : undefined,
    );
    expect(event?.payload).toMatchObject({ webhookId: headers['webhook-id'], result: 'delivered', tries: 1 });
  });

  it('are retried after an error with the same id and body, and not before Retry-After', async () => {
    const { organizationId, path, listSettledEvents } = await createPartner();
    receiver.setReplies(path, { status: 500 }, { status: 503, headers: { 'retry-after': '300' } });
    const { deliveryId, reference } = createAssignment();
    await mesh.publish(DeliveryRefused, {
      payload: { deliveryId, reference },
      aggregateId: deliveryId,
      organizationId,
    });
    const readDelivery = async () =>
      (await app.findRows<{ nextTryAt?: Date; tries: number }>('webhookDeliveries', { organizationId }))[0];
    await eventually('the first retry', async () => (await readDelivery())?.nextTryAt);
    app.clock.advance(61);
    await eventually('the second retry', async () =>
      (await readDelivery())?.tries === 2 ? (await readDelivery())?.nextTryAt : undefined,
    );
    expect((await readDelivery())?.nextTryAt?.getTime()).toBeGreaterThanOrEqual(app.clock.now().getTime() + 299_000);
    app.clock.advance(301);
    const [event] = await eventually('the webhook to be settled', async () =>
      (await listSettledEvents()).length > 0 ? listSettledEvents() : undefined,
    );
    expect(event?.payload).toMatchObject({ result: 'delivered', tries: 3 });
    expect(receiver.listRequests(path)).toHaveLength(3);
    expect(new Set(receiver.listRequests(path).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.listRequests(path).map(({ body }) => body.toString())).size).toBe(1);
  });

  it('are sent in order per delivery, without blocking other deliveries', async () => {
    const { organizationId, path, listSettledEvents } = await createPartner();
    receiver.setReplies(path, { status: 500 });
    const firstAssignment = createAssignment();
    const deliveryFact = { deliveryId: firstAssignment.deliveryId, reference: firstAssignment.reference };
    const findDelivery = async (sequence: number) =>
      (
        await app.findRows<{ nextTryAt?: Date }>('webhookDeliveries', {
          organizationId,
          orderKey: firstAssignment.deliveryId,
          sequence,
        })
      )[0];
    await assign(firstAssignment, 1, organizationId);
    await eventually('the failure', async () => (await findDelivery(1))?.nextTryAt);
    await mesh.publish(DeliveryRefused, {
      payload: deliveryFact,
      aggregateId: firstAssignment.deliveryId,
      sequence: 3,
      organizationId,
    });
    await eventually('the third webhook to be queued', () => findDelivery(3));
    await mesh.publish(DeliveryAcknowledged, {
      payload: { ...deliveryFact, agentId: firstAssignment.agentId },
      aggregateId: firstAssignment.deliveryId,
      sequence: 2,
      organizationId,
    });
    await eventually('the second webhook to be queued', () => findDelivery(2));
    await assign(createAssignment(), 1, organizationId);
    await eventually('the other delivery', () => (receiver.listRequests(path).length === 2 ? true : undefined));
    app.clock.advance(61);
    await eventually('all webhooks to be settled', async () =>
      (await listSettledEvents()).length === 4 ? true : undefined,
    );
    const order = receiver
      .listRequests(path)
      .map(({ body }) => JSON.parse(body.toString()) as { data: { deliveryId: string; sequence: number } })
      .filter(({ data }) => data.deliveryId === firstAssignment.deliveryId)
      .map(({ data }) => data.sequence);
    expect(order).toEqual([1, 1, 2, 3]);
  });

  it('stop at a 410: the endpoint is disabled, queued webhooks are settled, and no further webhook is sent', async () => {
    const { organizationId, path, listSettledEvents } = await createPartner();
    receiver.setReplies(path, { status: 500 }, { status: 410 });
    const payload = createAssignment();
    const deliveryFact = { deliveryId: payload.deliveryId, reference: payload.reference };
    const findDelivery = async (sequence: number) =>
      (await app.findRows<{ nextTryAt?: Date }>('webhookDeliveries', { organizationId, sequence }))[0];
    await assign(payload, 1, organizationId);
    // The clock can be advanced to the retry only after the failure is recorded.
    await eventually('the failure', async () => (await findDelivery(1))?.nextTryAt);
    await mesh.publish(DeliveryRefused, {
      payload: deliveryFact,
      aggregateId: payload.deliveryId,
      sequence: 2,
      organizationId,
    });
    await eventually('the second webhook to be queued', () => findDelivery(2));
    app.clock.advance(61);
    await eventually('both webhooks to be settled', async () =>
      (await listSettledEvents()).length === 2 ? true : undefined,
    );
    const settledPayloads = (await listSettledEvents()).map((event) => event.payload);
    expect(settledPayloads.map(({ result, tries }) => [result, tries])).toEqual([
      ['endpoint_gone', 2],
      ['endpoint_gone', 0],
    ]);
    const laterAssignment = createAssignment();
    await assign(laterAssignment, 1, organizationId);
    await eventually('the message to the agent', async () => {
      const page = await mesh.call(
        ListInboxRpc,
        { agentId: laterAssignment.agentId, afterSequence: 0, limit: 1 },
        { organizationId },
      );
      return page.items[0];
    });
    expect(await app.findRows('webhookDeliveries', { organizationId })).toHaveLength(2);
    expect(receiver.listRequests(path)).toHaveLength(2);
  });

  it('are settled as exhausted after the last try failed', async () => {
    const { organizationId, path, listSettledEvents } = await createPartner();
    receiver.setReplies(path, { status: 500 }, { status: 302, headers: { location: '/elsewhere' } }, { status: 404 });
    await assign(createAssignment(), 1, organizationId);
    for (let tries = 1; tries <= RETRY_WAITS_SECONDS.length; tries += 1) {
      await eventually('a failure', async () => {
        const [row] = await app.findRows<{ nextTryAt?: Date; tries: number }>('webhookDeliveries', { organizationId });
        return row?.tries === tries ? row.nextTryAt : undefined;
      });
      app.clock.advance(61);
    }
    await eventually('the webhook to be settled', async () =>
      (await listSettledEvents()).length === 1 ? true : undefined,
    );
    expect((await listSettledEvents())[0]?.payload).toMatchObject({ result: 'exhausted', tries: 3 });
    expect(receiver.listRequests('/elsewhere')).toHaveLength(0);
  });

  it('are refused for an endpoint URL with a user name', async () => {
    await expect(
      mesh.call(CreateWebhookEndpointRpc, { url: 'https://user:pass@partner.example/' }),
    ).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });
});
