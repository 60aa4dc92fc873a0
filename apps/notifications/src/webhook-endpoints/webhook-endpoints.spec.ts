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
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { NotificationsFixture, uniqueId } from '../testing/notifications-fixture.js';
import { FakeHttpReceiver } from '../testing/fake-http-receiver.js';

let app: NotificationsFixture;
let mesh: MeshDouble;
let receiver: FakeHttpReceiver;

const eventually = <T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  waitUntil<T>(probe, { what, everyMs: 25 });

describe('webhook endpoints', () => {
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

  async function createPartner() {
    const organizationId = uniqueId('org');
    const path = `/${uniqueId('hook')}`;
    const endpoint = await mesh.call(CreateWebhookEndpointRpc, { url: `${receiver.url}${path}` }, { organizationId });
    return { organizationId, path, endpoint, endpointId: endpoint.endpointId };
  }

  async function publishRefusal(organizationId: string): Promise<void> {
    const deliveryId = uniqueId('dlv');
    await mesh.publish(DeliveryRefused, {
      payload: { deliveryId, reference: 'REF-1' },
      aggregateId: deliveryId,
      organizationId,
    });
  }

  const listWebhooks = async (organizationId: string, endpointId: string): Promise<WebhookDelivery[]> =>
    (await mesh.call(ListWebhookDeliveriesRpc, { endpointId, limit: 50 }, { organizationId })).items;

  it('are returned without a secret, page by page, and only to their own organization', async () => {
    const { organizationId, endpoint } = await createPartner();
    const { secret, ...withoutSecret } = endpoint;
    const secondEndpoint = await mesh.call(
      CreateWebhookEndpointRpc,
      { url: `${receiver.url}/second` },
      { organizationId },
    );
    const firstPage = await mesh.call(ListWebhookEndpointsRpc, { limit: 1 }, { organizationId });
    expect(firstPage.items.map(({ endpointId }) => endpointId)).toEqual([secondEndpoint.endpointId]);
    const secondPage = await mesh.call(
      ListWebhookEndpointsRpc,
      { limit: 1, cursor: firstPage.nextCursor ?? '' },
      { organizationId },
    );
    expect(secondPage).toEqual({ items: [withoutSecret] });
    expect(await mesh.call(GetWebhookEndpointRpc, { endpointId: endpoint.endpointId }, { organizationId })).toEqual(
      withoutSecret,
    );
    expect(JSON.stringify([firstPage, secondPage])).not.toContain(secret);
    await expect(
      mesh.call(GetWebhookEndpointRpc, { endpointId: endpoint.endpointId }, { organizationId: 'org_other' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      mesh.call(ListWebhookEndpointsRpc, { limit: 1, cursor: 'e30' }, { organizationId }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('receive only the event types that they subscribe to, and nothing while they are disabled', async () => {
    const { organizationId, path, endpointId } = await createPartner();
    const change = (changes: object) =>
      mesh.call(ChangeWebhookEndpointRpc, { endpointId, ...changes }, { organizationId });
    expect(await change({ types: ['delivery.assigned'] })).toMatchObject({ types: ['delivery.assigned'], revision: 2 });
    await publishRefusal(organizationId);
    await change({ enabled: false });
    await publishRefusal(organizationId);
    const changedEndpoint = await change({ enabled: true, types: null });
    expect(changedEndpoint).toMatchObject({ enabled: true, revision: 4 });
    expect(changedEndpoint).not.toHaveProperty('types');
    await publishRefusal(organizationId);
    // Events of one kind are handled in order, so an earlier webhook would have arrived before this one.
    await eventually('the last webhook', () => receiver.listRequests(path)[0]);
    expect(await listWebhooks(organizationId, endpointId)).toHaveLength(1);
    await expect(change({ enabled: false, expectedRevision: 3 })).rejects.toMatchObject({ code: 'revision_mismatch' });
    await expect(change({ url: 'ftp://partner.example' })).rejects.toMatchObject({ code: 'invalid_request' });
    const events = (await mesh.published(WebhookEndpointChanged)).filter(
      ({ aggregateId }) => aggregateId === endpointId,
    );
    expect(events.map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
  });

  it('rotate their secret: both secrets sign during the overlap, and only the new one after it', async () => {
    const { organizationId, path, endpointId, endpoint } = await createPartner();
    const rotated = await mesh.call(RotateWebhookSecretRpc, { endpointId, overlapHours: 1 }, { organizationId });
    expect(rotated.secret).not.toBe(endpoint.secret);
    const isSignedWith = (secret: string, index: number): boolean => {
      const request = receiver.listRequests(path)[index];
      try {
        new Webhook(secret).verify(request?.body.toString() ?? '', request?.headers as Record<string, string>);
        return true;
      } catch {
        return false;
      }
    };
    await publishRefusal(organizationId);
    await eventually('the first webhook', () => receiver.listRequests(path)[0]);
    expect([isSignedWith(endpoint.secret, 0), isSignedWith(rotated.secret, 0)]).toEqual([true, true]);
    app.clock.advance(3_601);
    await publishRefusal(organizationId);
    const secondWebhook = await eventually('the second webhook', () => receiver.listRequests(path)[1]);
    expect(String(secondWebhook.headers['webhook-signature']).split(' ')).toHaveLength(1);
  });

  it('keep a log, from which a settled webhook is replayed with the same id', async () => {
    const { organizationId, path, endpointId } = await createPartner();
    receiver.setReplies(path, { status: 500 });
    await publishRefusal(organizationId);
    const failedWebhook = await eventually('the failure', async () =>
      (await listWebhooks(organizationId, endpointId)).find(({ nextTryAt }) => nextTryAt !== undefined),
    );
    expect(failedWebhook).toMatchObject({ state: 'pending', tries: 1, lastStatus: 500, type: 'delivery.refused' });
    const replay = () =>
      mesh.call(ReplayWebhookRpc, { endpointId, webhookId: failedWebhook.webhookId }, { organizationId });
    await expect(replay()).rejects.toMatchObject({ code: 'webhook_not_settled' });
    app.clock.advance(61);
    const findSettledEvents = async (count: number) => {
      const events = (await mesh.published(WebhookSettled)).filter(
        ({ aggregateId }) => aggregateId === failedWebhook.webhookId,
      );
      return events.length === count ? events : undefined;
    };
    await eventually('the webhook to be settled', () => findSettledEvents(1));
    expect(await replay()).toMatchObject({ state: 'pending', tries: 0 });
    const settledEvents = await eventually('the replay to be settled', () => findSettledEvents(2));
    expect(settledEvents.map(({ sequence, payload }) => [sequence, payload.result])).toEqual([
      [1, 'delivered'],
      [3, 'delivered'],
    ]);
    const replayedEvents = (await mesh.published(WebhookReplayed)).filter(
      ({ aggregateId }) => aggregateId === failedWebhook.webhookId,
    );
    expect(replayedEvents.map(({ sequence }) => sequence)).toEqual([2]);
    expect(receiver.listRequests(path)).toHaveLength(3);
    expect(new Set(receiver.listRequests(path).map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([failedWebhook.webhookId]),
    );
    await expect(
      mesh.call(ReplayWebhookRpc, { endpointId, webhookId: failedWebhook.webhookId }, { organizationId: 'org_other' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('receive nothing after they are deleted, and are not found', async () => {
    const { organizationId, path, endpointId } = await createPartner();
    await mesh.call(DeleteWebhookEndpointRpc, { endpointId }, { organizationId });
    for (const contract of [GetWebhookEndpointRpc, DeleteWebhookEndpointRpc, RotateWebhookSecretRpc]) {
      await expect(mesh.call(contract, { endpointId }, { organizationId })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    const remainingEndpoint = await mesh.call(
      CreateWebhookEndpointRpc,
      { url: `${receiver.url}${path}-other` },
      { organizationId },
    );
    await publishRefusal(organizationId);
    await eventually('the webhook to the remaining endpoint', () => receiver.listRequests(`${path}-other`)[0]);
    expect(receiver.listRequests(path)).toEqual([]);
    expect(await listWebhooks(organizationId, remainingEndpoint.endpointId)).toHaveLength(1);
  });
});
