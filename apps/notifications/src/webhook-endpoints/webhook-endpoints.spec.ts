import { Webhook } from 'standardwebhooks';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  ChangeWebhookEndpointRpc,
  CreateWebhookEndpointRpc,
  DeleteWebhookEndpointRpc,
  DeliveryRefused,
  GetWebhookEndpointRpc,
  ListWebhookDeliveriesRpc,
  ListWebhookEndpointsRpc,
  ReplayWebhookRpc,
  RotateWebhookSecretRpc,
  WebhookEndpointChanged,
  WebhookReplayed,
  WebhookSettled,
  type WebhookDelivery,
} from '#libs/contracts/index.js';
import { RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { NotificationsFixture, uniqueId } from '../testing/notifications-fixture.js';
import { FakeHttpReceiver } from '../testing/fake-http-receiver.js';

let app: NotificationsFixture;
let mesh: RestOfMesh;
let receiver: FakeHttpReceiver;

const eventually = <T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  waitUntil<T>(probe, { what, deadlineMs: 25_000, everyMs: 25 });

describe('webhook endpoints', () => {
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

  async function partner() {
    const organizationId = uniqueId('org');
    const path = `/${uniqueId('hook')}`;
    const endpoint = await mesh.call(CreateWebhookEndpointRpc, { url: `${receiver.url}${path}` }, { organizationId });
    return { organizationId, path, endpoint, endpointId: endpoint.endpointId };
  }

  async function refuse(organizationId: string): Promise<void> {
    const deliveryId = uniqueId('dlv');
    await mesh.publish(DeliveryRefused, {
      payload: { deliveryId, reference: 'REF-1' },
      aggregateId: deliveryId,
      organizationId,
    });
  }

  const log = async (organizationId: string, endpointId: string): Promise<WebhookDelivery[]> =>
    (await mesh.call(ListWebhookDeliveriesRpc, { endpointId, limit: 50 }, { organizationId })).items;

  it('are listed and read without a secret, page by page, and only by their own organization', async () => {
    const { organizationId, endpoint } = await partner();
    const { secret, ...withoutSecret } = endpoint;
    const second = await mesh.call(CreateWebhookEndpointRpc, { url: `${receiver.url}/second` }, { organizationId });
    const first = await mesh.call(ListWebhookEndpointsRpc, { limit: 1 }, { organizationId });
    expect(first.items.map(({ endpointId }) => endpointId)).toEqual([second.endpointId]);
    const rest = await mesh.call(
      ListWebhookEndpointsRpc,
      { limit: 1, cursor: first.nextCursor ?? '' },
      { organizationId },
    );
    expect(rest).toEqual({ items: [withoutSecret] });
    expect(await mesh.call(GetWebhookEndpointRpc, { endpointId: endpoint.endpointId }, { organizationId })).toEqual(
      withoutSecret,
    );
    expect(JSON.stringify([first, rest])).not.toContain(secret);
    await expect(
      mesh.call(GetWebhookEndpointRpc, { endpointId: endpoint.endpointId }, { organizationId: 'org_else' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      mesh.call(ListWebhookEndpointsRpc, { limit: 1, cursor: 'e30' }, { organizationId }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('receive only the event types that they subscribe to, and nothing while they are disabled', async () => {
    const { organizationId, path, endpointId } = await partner();
    const change = (changes: object) =>
      mesh.call(ChangeWebhookEndpointRpc, { endpointId, ...changes }, { organizationId });
    expect(await change({ types: ['delivery.assigned'] })).toMatchObject({ types: ['delivery.assigned'], revision: 2 });
    await refuse(organizationId);
    await change({ enabled: false });
    await refuse(organizationId);
    const reopened = await change({ enabled: true, types: null });
    expect(reopened).toMatchObject({ enabled: true, revision: 4 });
    expect(reopened).not.toHaveProperty('types');
    await refuse(organizationId);
    // Events of one kind are handled in order, so an earlier webhook would have arrived before this one.
    await eventually('the last', () => receiver.at(path)[0]);
    expect(await log(organizationId, endpointId)).toHaveLength(1);
    await expect(change({ enabled: false, expectedRevision: 3 })).rejects.toMatchObject({ code: 'revision_mismatch' });
    await expect(change({ url: 'ftp://partner.example' })).rejects.toMatchObject({ code: 'invalid_request' });
    const events = (await mesh.published(WebhookEndpointChanged)).filter(
      ({ aggregateId }) => aggregateId === endpointId,
    );
    expect(events.map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
  });

  it('rotate their secret: both secrets sign during the overlap, and only the new one after it', async () => {
    const { organizationId, path, endpointId, endpoint } = await partner();
    const rotated = await mesh.call(RotateWebhookSecretRpc, { endpointId, overlapHours: 1 }, { organizationId });
    expect(rotated.secret).not.toBe(endpoint.secret);
    const verifies = (secret: string, index: number): boolean => {
      const sent = receiver.at(path)[index];
      try {
        new Webhook(secret).verify(sent?.body.toString() ?? '', sent?.headers as Record<string, string>);
        return true;
      } catch {
        return false;
      }
    };
    await refuse(organizationId);
    await eventually('the first', () => receiver.at(path)[0]);
    expect([verifies(endpoint.secret, 0), verifies(rotated.secret, 0)]).toEqual([true, true]);
    app.clock.advance(3_601);
    await refuse(organizationId);
    const second = await eventually('the second', () => receiver.at(path)[1]);
    expect(String(second.headers['webhook-signature']).split(' ')).toHaveLength(1);
  });

  it('keep a log, from which a settled webhook is replayed with the same id', async () => {
    const { organizationId, path, endpointId } = await partner();
    receiver.reply(path, { status: 500 });
    await refuse(organizationId);
    const failed = await eventually('the failure', async () =>
      (await log(organizationId, endpointId)).find(({ nextTryAt }) => nextTryAt !== undefined),
    );
    expect(failed).toMatchObject({ state: 'pending', tries: 1, lastStatus: 500, type: 'delivery.refused' });
    const replay = () => mesh.call(ReplayWebhookRpc, { endpointId, webhookId: failed.webhookId }, { organizationId });
    await expect(replay()).rejects.toMatchObject({ code: 'webhook_not_settled' });
    app.clock.advance(61);
    const settled = async (times: number) => {
      const events = (await mesh.published(WebhookSettled)).filter(
        ({ aggregateId }) => aggregateId === failed.webhookId,
      );
      return events.length === times ? events : undefined;
    };
    await eventually('the end', () => settled(1));
    expect(await replay()).toMatchObject({ state: 'pending', tries: 0 });
    const ends = await eventually('the end of the replay', () => settled(2));
    expect(ends.map(({ sequence, payload }) => [sequence, payload.result])).toEqual([
      [1, 'delivered'],
      [3, 'delivered'],
    ]);
    const replays = (await mesh.published(WebhookReplayed)).filter(
      ({ aggregateId }) => aggregateId === failed.webhookId,
    );
    expect(replays.map(({ sequence }) => sequence)).toEqual([2]);
    expect(receiver.at(path)).toHaveLength(3);
    expect(new Set(receiver.at(path).map(({ headers }) => headers['webhook-id']))).toEqual(new Set([failed.webhookId]));
    await expect(
      mesh.call(ReplayWebhookRpc, { endpointId, webhookId: failed.webhookId }, { organizationId: 'org_else' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('receive nothing after they are deleted, and are not found', async () => {
    const { organizationId, path, endpointId } = await partner();
    await mesh.call(DeleteWebhookEndpointRpc, { endpointId }, { organizationId });
    for (const contract of [GetWebhookEndpointRpc, DeleteWebhookEndpointRpc, RotateWebhookSecretRpc]) {
      await expect(mesh.call(contract, { endpointId }, { organizationId })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    const other = await mesh.call(CreateWebhookEndpointRpc, { url: `${receiver.url}${path}-else` }, { organizationId });
    await refuse(organizationId);
    await eventually('the webhook to the remaining endpoint', () => receiver.at(`${path}-else`)[0]);
    expect(receiver.at(path)).toEqual([]);
    expect(await log(organizationId, other.endpointId)).toHaveLength(1);
  });
});
