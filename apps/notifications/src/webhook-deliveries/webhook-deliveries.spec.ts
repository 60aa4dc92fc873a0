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
import { RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { assignment, NotificationsFixture, uniqueId, RETRY_WAITS_SECONDS } from '../testing/notifications-fixture.js';
import { FakeHttpReceiver } from '../testing/fake-http-receiver.js';

let app: NotificationsFixture;
let mesh: RestOfMesh;
let receiver: FakeHttpReceiver;

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

describe('partner webhooks', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    receiver = await FakeHttpReceiver.open();
    app = await NotificationsFixture.start({ mongo: mongo.uri, nats: nats.url, redis: redis.url });
    mesh = await RestOfMesh.open(nats.url, 'gateway');
  });

  // Inside the describe, because a hook at file level stops the servers afterwards.
  afterAll(async () => {
    await mesh?.close();
    await app?.close();
    await receiver?.close();
  });

  /** Creates an organization and an endpoint for one test. */
  async function partner() {
    const organizationId = uniqueId('org');
    const path = `/${uniqueId('hook')}`;
    const endpoint = await mesh.call(CreateWebhookEndpointRpc, { url: `${receiver.url}${path}` }, { organizationId });
    const settled = async () =>
      (await mesh.published(WebhookSettled)).filter((one) => one.organizationId === organizationId);
    return { organizationId, path, endpoint, settled };
  }

  it('are signed, match their contract and emit an event when they are settled', async () => {
    const { organizationId, path, endpoint, settled } = await partner();
    const payload = assignment();
    await assign(payload, 3, organizationId);
    const [webhook] = await eventually('the webhook', () =>
      receiver.at(path).length > 0 ? receiver.at(path) : undefined,
    );
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const headers = webhook?.headers as Record<string, string>;
    const verified = new Webhook(endpoint.secret).verify(webhook?.body.toString() ?? '', headers);
    expect(verified).toMatchObject({
      type: 'delivery.assigned',
      data: { sequence: 3, deliveryId: payload.deliveryId, agentName: 'Ana', customerReached: true },
    });
    expect(webhook?.body.toString()).not.toMatch(/4512/);
    const [event] = await eventually('the event', async () => ((await settled()).length > 0 ? settled() : undefined));
    expect(event?.payload).toMatchObject({ webhookId: headers['webhook-id'], result: 'delivered', tries: 1 });
  });

  it('are retried after an error with the same id and body, and not before Retry-After', async () => {
    const { organizationId, path, settled } = await partner();
    receiver.reply(path, { status: 500 }, { status: 503, headers: { 'retry-after': '300' } });
    const { deliveryId, reference } = assignment();
    await mesh.publish(DeliveryRefused, {
      payload: { deliveryId, reference },
      aggregateId: deliveryId,
      organizationId,
    });
    const due = async () =>
      (await app.rows<{ nextTryAt?: Date; tries: number }>('webhookDeliveries', { organizationId }))[0];
    await eventually('the first retry', async () => (await due())?.nextTryAt);
    app.clock.advance(61);
    await eventually('the second retry', async () =>
      (await due())?.tries === 2 ? (await due())?.nextTryAt : undefined,
    );
    expect((await due())?.nextTryAt?.getTime()).toBeGreaterThanOrEqual(app.clock.now().getTime() + 299_000);
    app.clock.advance(301);
    const [event] = await eventually('the end', async () => ((await settled()).length > 0 ? settled() : undefined));
    expect(event?.payload).toMatchObject({ result: 'delivered', tries: 3 });
    expect(receiver.at(path)).toHaveLength(3);
    expect(new Set(receiver.at(path).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.at(path).map(({ body }) => body.toString())).size).toBe(1);
  });

  it('keep the order per delivery without blocking other deliveries', async () => {
    const { organizationId, path, settled } = await partner();
    receiver.reply(path, { status: 500 });
    const held = assignment();
    const fact = { deliveryId: held.deliveryId, reference: held.reference };
    const row = async (sequence: number) =>
      (
        await app.rows<{ nextTryAt?: Date }>('webhookDeliveries', {
          organizationId,
          orderKey: held.deliveryId,
          sequence,
        })
      )[0];
    await assign(held, 1, organizationId);
    await eventually('the failure', async () => (await row(1))?.nextTryAt);
    const acknowledged = { ...fact, agentId: held.agentId };
    await mesh.publish(DeliveryRefused, { payload: fact, aggregateId: held.deliveryId, sequence: 3, organizationId });
    await eventually('the third to wait', () => row(3));
    await mesh.publish(DeliveryAcknowledged, {
      payload: acknowledged,
      aggregateId: held.deliveryId,
      sequence: 2,
      organizationId,
    });
    await eventually('the second to wait', () => row(2));
    await assign(assignment(), 1, organizationId);
    await eventually('the other delivery', () => (receiver.at(path).length === 2 ? true : undefined));
    app.clock.advance(61);
    await eventually('all', async () => ((await settled()).length === 4 ? true : undefined));
    const order = receiver
      .at(path)
      .map(({ body }) => JSON.parse(body.toString()) as { data: { deliveryId: string; sequence: number } })
      .filter(({ data }) => data.deliveryId === held.deliveryId)
      .map(({ data }) => data.sequence);
    expect(order).toEqual([1, 1, 2, 3]);
  });

  it('end at a 410: the endpoint is disabled, queued webhooks are settled, and nothing more is sent', async () => {
    const { organizationId, path, settled } = await partner();
    receiver.reply(path, { status: 500 }, { status: 410 });
    const payload = assignment();
    const fact = { deliveryId: payload.deliveryId, reference: payload.reference };
    const row = async (sequence: number) =>
      (await app.rows<{ nextTryAt?: Date }>('webhookDeliveries', { organizationId, sequence }))[0];
    await assign(payload, 1, organizationId);
    // The clock can be advanced to the retry only after the failure is recorded.
    await eventually('the failure', async () => (await row(1))?.nextTryAt);
    await mesh.publish(DeliveryRefused, {
      payload: fact,
      aggregateId: payload.deliveryId,
      sequence: 2,
      organizationId,
    });
    await eventually('the second to wait', () => row(2));
    app.clock.advance(61);
    await eventually('both ends', async () => ((await settled()).length === 2 ? true : undefined));
    const ends = (await settled()).map((one) => one.payload);
    expect(ends.map(({ result, tries }) => [result, tries])).toEqual([
      ['endpoint_gone', 2],
      ['endpoint_gone', 0],
    ]);
    const later = assignment();
    await assign(later, 1, organizationId);
    await eventually('the message to the agent', async () => {
      const page = await mesh.call(
        ListInboxRpc,
        { agentId: later.agentId, afterSequence: 0, limit: 1 },
        { organizationId },
      );
      return page.items[0];
    });
    expect(await app.rows('webhookDeliveries', { organizationId })).toHaveLength(2);
    expect(receiver.at(path)).toHaveLength(2);
  });

  it('are settled as exhausted after the last try failed', async () => {
    const { organizationId, path, settled } = await partner();
    receiver.reply(path, { status: 500 }, { status: 302, headers: { location: '/elsewhere' } }, { status: 404 });
    await assign(assignment(), 1, organizationId);
    for (let tries = 1; tries <= RETRY_WAITS_SECONDS.length; tries += 1) {
      await eventually('a failure', async () => {
        const [row] = await app.rows<{ nextTryAt?: Date; tries: number }>('webhookDeliveries', { organizationId });
        return row?.tries === tries ? row.nextTryAt : undefined;
      });
      app.clock.advance(61);
    }
    await eventually('the end', async () => ((await settled()).length === 1 ? true : undefined));
    expect((await settled())[0]?.payload).toMatchObject({ result: 'exhausted', tries: 3 });
    expect(receiver.at('/elsewhere')).toHaveLength(0);
  });

  it('are refused for an endpoint URL with a user name', async () => {
    await expect(
      mesh.call(CreateWebhookEndpointRpc, { url: 'https://user:pass@partner.example/' }),
    ).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });
});
