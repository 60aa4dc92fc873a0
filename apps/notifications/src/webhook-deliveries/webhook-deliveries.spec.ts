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
import { assignment, NotificationsFixture, unique, WAITS } from '../testing/notifications-fixture.js';
import { OutsideWorld } from '../testing/outside-world.js';

let app: NotificationsFixture;
let mesh: RestOfMesh;
let world: OutsideWorld;

const eventually = <T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  waitUntil<T>(probe, { what, deadlineMs: 25_000, everyMs: 25 });

const assign = (payload: DeliveryAssignedPayload, sequence = 1, organizationId = 'org_1', id?: string) =>
  mesh.tell(DeliveryAssigned, {
    payload,
    aggregateId: payload.deliveryId,
    sequence,
    organizationId,
    ...(id === undefined ? {} : { id }),
  });

describe('partner webhooks', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    world = await OutsideWorld.open();
    app = await NotificationsFixture.start({ mongo: mongo.uri, nats: nats.url, redis: redis.url });
    mesh = await RestOfMesh.open(nats.url, 'gateway');
  });

  // In here, because the servers themselves are released by a hook of the file.
  afterAll(async () => {
    await mesh?.close();
    await app?.close();
    await world?.close();
  });

  /** Each test has an organisation and an endpoint of its own. */
  async function partner() {
    const organizationId = unique('org');
    const path = `/${unique('hook')}`;
    const endpoint = await mesh.ask(CreateWebhookEndpointRpc, { url: `${world.url}${path}` }, { organizationId });
    const settled = async () =>
      (await mesh.heard(WebhookSettled)).filter((one) => one.organizationId === organizationId);
    return { organizationId, path, endpoint, settled };
  }

  it('are signed, documented and told of', async () => {
    const { organizationId, path, endpoint, settled } = await partner();
    const payload = assignment();
    await assign(payload, 3, organizationId);
    const [webhook] = await eventually('the webhook', () => (world.at(path).length > 0 ? world.at(path) : undefined));
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const headers = webhook?.headers as Record<string, string>;
    const told = new Webhook(endpoint.secret).verify(webhook?.body.toString() ?? '', headers);
    expect(told).toMatchObject({
      type: 'delivery.assigned',
      data: { sequence: 3, deliveryId: payload.deliveryId, agentName: 'Ana', customerReached: true },
    });
    expect(webhook?.body.toString()).not.toMatch(/4512/);
    const [event] = await eventually('the event', async () => ((await settled()).length > 0 ? settled() : undefined));
    expect(event?.payload).toMatchObject({ webhookId: headers['webhook-id'], result: 'delivered', tries: 1 });
  });

  it('are sent again with the same id and bytes after an error, and not before Retry-After', async () => {
    const { organizationId, path, settled } = await partner();
    world.answer(path, { status: 500 }, { status: 503, headers: { 'retry-after': '300' } });
    const { deliveryId, reference } = assignment();
    await mesh.tell(DeliveryRefused, { payload: { deliveryId, reference }, aggregateId: deliveryId, organizationId });
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
    expect(world.at(path)).toHaveLength(3);
    expect(new Set(world.at(path).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(world.at(path).map(({ body }) => body.toString())).size).toBe(1);
  });

  it('keep the order per delivery while another delivery goes on', async () => {
    const { organizationId, path, settled } = await partner();
    world.answer(path, { status: 500 });
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
    await mesh.tell(DeliveryRefused, { payload: fact, aggregateId: held.deliveryId, sequence: 3, organizationId });
    await eventually('the third to wait', () => row(3));
    await mesh.tell(DeliveryAcknowledged, {
      payload: acknowledged,
      aggregateId: held.deliveryId,
      sequence: 2,
      organizationId,
    });
    await eventually('the second to wait', () => row(2));
    await assign(assignment(), 1, organizationId);
    await eventually('the other delivery', () => (world.at(path).length === 2 ? true : undefined));
    app.clock.advance(61);
    await eventually('all', async () => ((await settled()).length === 4 ? true : undefined));
    const order = world
      .at(path)
      .map(({ body }) => JSON.parse(body.toString()) as { data: { deliveryId: string; sequence: number } })
      .filter(({ data }) => data.deliveryId === held.deliveryId)
      .map(({ data }) => data.sequence);
    expect(order).toEqual([1, 1, 2, 3]);
  });

  it('end with 410: the endpoint is disabled, what waited is settled, and nothing is sent any more', async () => {
    const { organizationId, path, settled } = await partner();
    world.answer(path, { status: 500 }, { status: 410 });
    const payload = assignment();
    const fact = { deliveryId: payload.deliveryId, reference: payload.reference };
    const row = async (sequence: number) =>
      (await app.rows<{ nextTryAt?: Date }>('webhookDeliveries', { organizationId, sequence }))[0];
    await assign(payload, 1, organizationId);
    // Only a failure that is written down has a time the clock can be moved to.
    await eventually('the failure', async () => (await row(1))?.nextTryAt);
    await mesh.tell(DeliveryRefused, { payload: fact, aggregateId: payload.deliveryId, sequence: 2, organizationId });
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
    await eventually('the agent to be told', async () => {
      const page = await mesh.ask(
        ListInboxRpc,
        { agentId: later.agentId, afterSequence: 0, limit: 1 },
        { organizationId },
      );
      return page.items[0];
    });
    expect(await app.rows('webhookDeliveries', { organizationId })).toHaveLength(2);
    expect(world.at(path)).toHaveLength(2);
  });

  it('are given up visibly when every try failed', async () => {
    const { organizationId, path, settled } = await partner();
    world.answer(path, { status: 500 }, { status: 302, headers: { location: '/elsewhere' } }, { status: 404 });
    await assign(assignment(), 1, organizationId);
    for (let tries = 1; tries <= WAITS.length; tries += 1) {
      await eventually('a failure', async () => {
        const [row] = await app.rows<{ nextTryAt?: Date; tries: number }>('webhookDeliveries', { organizationId });
        return row?.tries === tries ? row.nextTryAt : undefined;
      });
      app.clock.advance(61);
    }
    await eventually('the end', async () => ((await settled()).length === 1 ? true : undefined));
    expect((await settled())[0]?.payload).toMatchObject({ result: 'exhausted', tries: 3 });
    expect(world.at('/elsewhere')).toHaveLength(0);
  });

  it('refuse an endpoint with a user name', async () => {
    await expect(
      mesh.ask(CreateWebhookEndpointRpc, { url: 'https://user:pass@partner.example/' }),
    ).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });
});
