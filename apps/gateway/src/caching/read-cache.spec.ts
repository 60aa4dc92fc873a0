import { Redis } from 'ioredis';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CreateDeliveryRpc,
  DeliveryUnassignable,
  GetDeliveryRpc,
  createNotFoundError,
  type Delivery,
  type GetDeliveryRequest,
} from '#libs/contracts/index.js';
import { createId } from '#libs/persistence/index.js';
import { DELIVERY_INPUT, makeDelivery, EdgeFixture, type ApiResponse } from '../testing/edge-fixture.js';

const NO_LIMIT = { RATE_LIMIT_PER_MINUTE: 1_000_000, RATE_LIMIT_ADDRESS_PER_MINUTE: 1_000_000 };

describe('the read cache of two gateways', () => {
  let edge: EdgeFixture;
  let ownOrganization: { id: string; key: string };
  const storedDeliveries = new Map<string, Delivery>();
  const ownerReads: string[] = [];
  /** The app that owns the data reads immediately, but replies only when this resolves. */
  let replyGate: Promise<unknown> = Promise.resolve();

  beforeAll(async () => {
    edge = await EdgeFixture.start(NO_LIMIT, NO_LIMIT);
    ownOrganization = await edge.createOrganization();
    edge.mesh.serve(GetDeliveryRpc, async ({ deliveryId }: GetDeliveryRequest, { organizationId }) => {
      ownerReads.push(deliveryId);
      const delivery = storedDeliveries.get(deliveryId);
      await replyGate;
      if (!delivery || organizationId !== ownOrganization.id) throw createNotFoundError('delivery', deliveryId);
      return delivery;
    });
    edge.mesh.serve(CreateDeliveryRpc, ({ reference }) => {
      const [deliveryId = ''] = [...storedDeliveries.keys()].slice(-1);
      const changed = makeDelivery(deliveryId, reference);
      storedDeliveries.set(deliveryId, changed);
      return changed;
    });
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    replyGate = Promise.resolve();
    ownerReads.length = 0;
  });

  function storeDelivery(reference: string, deliveryId = createId('dlv')): string {
    storedDeliveries.set(deliveryId, makeDelivery(deliveryId, reference));
    return deliveryId;
  }
  const read = (id: string, gateway = 0, headers: Record<string, string> = {}): Promise<ApiResponse> =>
    edge.call('GET', `/v1/deliveries/${id}`, { key: ownOrganization.key, headers }, gateway);
  const readReference = ({ text }: ApiResponse): string => (JSON.parse(text) as Delivery).reference;
  const waitUntilCached = (id: string): Promise<ApiResponse> =>
    waitUntil(
      async () => {
        const response = await read(id);
        return response.headers.get('cache-status') === null ? undefined : response;
      },
      { what: 'a cached response' },
    );
  const publishChange = (id: string): Promise<unknown> =>
    edge.mesh.publish(DeliveryUnassignable, {
      organizationId: ownOrganization.id,
      aggregateId: id,
      payload: { deliveryId: id, reference: 'x', reason: 'no agent' },
    });

  it('reads from the owner once, and serves the same bytes to all permitted callers', async () => {
    const id = storeDelivery('first');
    const fresh = await read(id);
    const cached = await waitUntilCached(id);
    expect(cached.text).toBe(fresh.text);
    expect(cached.headers.get('etag')).toBe(fresh.headers.get('etag'));
    expect(cached.headers.get('cache-status')).toBe('delauto; hit');
    expect((await read(id, 1)).headers.get('cache-status')).toBe('delauto; hit');
    expect(ownerReads).toEqual([id]);
  });

  it('serves a cached response with the same headers as a fresh one, on the fast path and through the router', async () => {
    const id = storeDelivery('headers');
    const selectStableHeaders = ({ headers }: ApiResponse): Record<string, string> => {
      const varying = new Set(['date', 'keep-alive', 'ratelimit', 'cache-status', 'x-request-id']);
      return Object.fromEntries([...headers].filter(([name]) => !varying.has(name)));
    };
    const fresh = selectStableHeaders(await read(id));
    const cached = await waitUntilCached(id);
    expect(selectStableHeaders(cached)).toEqual(fresh);
    expect(cached.headers.get('ratelimit')).toMatch(/^"(credential|address)";r=\d+;t=\d+$/);
    // A cross-origin read of a browser skips the fast path and gets the same response.
    const crossOrigin = await read(id, 0, { origin: 'https://elsewhere.example' });
    expect(crossOrigin.headers.get('cache-status')).toBe('delauto; hit');
    expect(selectStableHeaders(crossOrigin)).toEqual(fresh);
    expect((await read(id, 0, { 'x-request-id': 'mine-and-only-mine' })).headers.get('x-request-id')).toBe(
      'mine-and-only-mine',
    );
  });

  it('replies 304 to a matching If-None-Match, from the cache and from the owner', async () => {
    const id = storeDelivery('known');
    const etag = String((await read(id)).headers.get('etag'));
    await waitUntilCached(id);
    for (const tag of [etag, `"other", W/${etag}`, '*']) {
      expect(await read(id, 0, { 'if-none-match': tag })).toMatchObject({ status: 304, text: '' });
    }
    expect((await read(id, 0, { 'if-none-match': '"other"' })).status).toBe(200);
    await publishChange(id);
    const fromOwner = await waitUntil(
      async () => {
        const response = await read(id, 0, { 'if-none-match': etag });
        return response.headers.get('cache-status') === null ? response : undefined;
      },
      { what: 'a response from the owner' },
    );
    expect(fromOwner).toMatchObject({ status: 304, text: '' });
  });

  it('does not serve cached responses to callers without access', async () => {
    const id = storeDelivery('secret');
    await read(id);
    await waitUntilCached(id);
    const other = await edge.createOrganization();
    expect((await edge.call('GET', `/v1/deliveries/${id}`, { key: other.key })).status).toBe(404);
    expect((await edge.call('GET', `/v1/deliveries/${id}`, {})).status).toBe(401);
  });

  it('invalidates an entry on every gateway when an event arrives', async () => {
    const id = storeDelivery('before');
    await read(id);
    await waitUntilCached(id);
    storeDelivery('after', id);
    await publishChange(id);
    for (const gateway of [0, 1]) {
      await waitUntil(async () => readReference(await read(id, gateway)) === 'after', {
        what: `gateway ${gateway} to serve the new version`,
      });
    }
  });

  it('lets a client read its own write immediately, through any gateway', async () => {
    const id = storeDelivery('mine');
    await read(id);
    await waitUntilCached(id);
    const body = { ...DELIVERY_INPUT, reference: 'changed' };
    await edge.call('POST', '/v1/deliveries', { key: ownOrganization.key, body }, 0);
    expect(readReference(await read(id, 1))).toBe('changed');
  });

  it('never caches a response that was read before a change and arrived after it', async () => {
    const id = storeDelivery('old');
    const gate = Promise.withResolvers<void>();
    replyGate = gate.promise;
    const slowRead = read(id, 0);
    await waitUntil(() => Promise.resolve(ownerReads.length === 1), {
      what: 'the owner to receive the read',
    });
    const body = { ...DELIVERY_INPUT, reference: 'new' };
    await edge.call('POST', '/v1/deliveries', { key: ownOrganization.key, body }, 1);
    // A request after the change does not share the read that began before it.
    replyGate = Promise.resolve();
    expect(readReference(await read(id, 0))).toBe('new');
    gate.resolve();
    expect(readReference(await slowRead)).toBe('old');
    for (const gateway of [0, 1, 0, 1]) expect(readReference(await read(id, gateway))).toBe('new');
  });

  it('reads from the owner at most once per gateway for concurrent requests', async () => {
    const id = storeDelivery('crowd');
    const gate = Promise.withResolvers<void>();
    replyGate = gate.promise;
    const reads = Array.from({ length: 40 }, (_, index) => read(id, index % 2));
    await waitUntil(() => Promise.resolve(ownerReads.length > 0), {
      what: 'the owner to receive the read',
    });
    gate.resolve();
    const responses = await Promise.all(reads);
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(ownerReads.length).toBeLessThanOrEqual(2);
  });

  it('does not cache 404 responses', async () => {
    const id = createId('dlv');
    const responses = await Promise.all(Array.from({ length: 10 }, (_, index) => read(id, index % 2)));
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(404));
    storeDelivery('born', id);
    expect(readReference(await read(id))).toBe('born');
  });

  it('caches large responses compressed, by the encoding that the client accepts', async () => {
    const id = createId('dlv');
    storedDeliveries.set(id, { ...makeDelivery(id, 'large'), transcript: 'word '.repeat(1_000) });
    for (const encoding of ['br', 'gzip'] as const) {
      const headers = { 'accept-encoding': encoding };
      const fresh = await read(id, 0, headers);
      const cached = await waitUntil(
        async () => {
          const response = await read(id, 1, headers);
          return response.headers.get('cache-status') === null ? undefined : response;
        },
        { what: 'a cached response' },
      );
      for (const { headers: responseHeaders, text } of [fresh, cached]) {
        expect(responseHeaders.get('content-encoding')).toBe(encoding);
        expect(readReference({ status: 200, headers: responseHeaders, text })).toBe('large');
      }
    }
    expect((await read(id, 0, { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
  });

  it('does not wait for a Redis that hangs', async () => {
    const id = storeDelivery('hanging');
    await read(id);
    await waitUntilCached(id);
    const pausingClient = new Redis(edge.redis.url);
    await pausingClient.client('PAUSE', 5_000, 'ALL');
    const reply = pausingClient.ping().then(() => 'replies');
    expect(readReference(await read(id))).toBe('hanging');
    expect(await Promise.race([reply, Promise.resolve('hangs')])).toBe('hangs');
    await reply;
    pausingClient.disconnect();
    await waitUntilCached(id);
  });

  it('works without Redis, and does not serve entries from before an outage', async () => {
    const id = storeDelivery('before the outage');
    await read(id);
    await waitUntilCached(id);
    await edge.redis.kill9();
    storeDelivery('during the outage', id);
    await publishChange(id);
    expect(readReference(await read(id, 0))).toBe('during the outage');
    const body = { ...DELIVERY_INPUT, reference: 'written meanwhile' };
    const writeResponse = await edge.call('POST', '/v1/deliveries', {
      key: ownOrganization.key,
      body,
      headers: { 'idempotency-key': 'during-the-outage' },
    });
    expect(writeResponse.status).toBe(201);
    expect(readReference(await read(id, 1))).toBe('written meanwhile');
    // Redis restarts with all of its old data, and without the invalidations of the outage.
    await edge.redis.restart();
    const references = new Set<string>();
    for (const gateway of [0, 1]) {
      await waitUntil(
        async () => {
          const response = await read(id, gateway);
          references.add(readReference(response));
          return response.headers.get('cache-status') !== null;
        },
        { what: `gateway ${gateway} to use Redis again` },
      );
    }
    expect([...references]).toEqual(['written meanwhile']);
  });
});
