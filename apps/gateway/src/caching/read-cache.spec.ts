import { Redis } from 'ioredis';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CreateDeliveryRpc,
  DeliveryUnassignable,
  GetDeliveryRpc,
  notFound,
  type Delivery,
  type GetDeliveryRequest,
} from '#libs/contracts/index.js';
import { newId } from '#libs/persistence/index.js';
import { DELIVERY_INPUT, makeDelivery, EdgeFixture, type Answer } from '../testing/edge-fixture.js';

const NO_LIMIT = { RATE_LIMIT_PER_MINUTE: 1_000_000, RATE_LIMIT_ADDRESS_PER_MINUTE: 1_000_000 };

describe('the read cache of two gateways', () => {
  let edge: EdgeFixture;
  let mine: { id: string; key: string };
  const stored = new Map<string, Delivery>();
  const ownerReads: string[] = [];
  /** The owner reads first and replies when this resolves, so that a test can act in between. */
  let answering: Promise<unknown> = Promise.resolve();

  beforeAll(async () => {
    edge = await EdgeFixture.start(NO_LIMIT, NO_LIMIT);
    mine = await edge.organization();
    edge.mesh.serve(GetDeliveryRpc, async ({ deliveryId }: GetDeliveryRequest, { organizationId }) => {
      ownerReads.push(deliveryId);
      const seen = stored.get(deliveryId);
      await answering;
      if (!seen || organizationId !== mine.id) throw notFound('delivery', deliveryId);
      return seen;
    });
    edge.mesh.serve(CreateDeliveryRpc, ({ reference }) => {
      const [deliveryId = ''] = [...stored.keys()].slice(-1);
      const changed = makeDelivery(deliveryId, reference);
      stored.set(deliveryId, changed);
      return changed;
    });
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    answering = Promise.resolve();
    ownerReads.length = 0;
  });

  function put(reference: string, deliveryId = newId('dlv')): string {
    stored.set(deliveryId, makeDelivery(deliveryId, reference));
    return deliveryId;
  }
  const read = (id: string, gateway = 0, headers: Record<string, string> = {}): Promise<Answer> =>
    edge.call('GET', `/v1/deliveries/${id}`, { key: mine.key, headers }, gateway);
  const referenceOf = ({ text }: Answer): string => (JSON.parse(text) as Delivery).reference;
  const untilCached = (id: string): Promise<Answer> =>
    waitUntil(
      async () => {
        const answer = await read(id);
        return answer.headers.get('cache-status') === null ? undefined : answer;
      },
      { what: 'a cached response', deadlineMs: 5_000 },
    );
  const publishChange = (id: string): Promise<unknown> =>
    edge.mesh.publish(DeliveryUnassignable, {
      organizationId: mine.id,
      aggregateId: id,
      payload: { deliveryId: id, reference: 'x', reason: 'no agent' },
    });

  it('asks the owner once, and serves the same bytes to all permitted callers', async () => {
    const id = put('first');
    const fresh = await read(id);
    const cached = await untilCached(id);
    expect(cached.text).toBe(fresh.text);
    expect(cached.headers.get('etag')).toBe(fresh.headers.get('etag'));
    expect(cached.headers.get('cache-status')).toBe('delauto; hit');
    expect((await read(id, 1)).headers.get('cache-status')).toBe('delauto; hit');
    expect(ownerReads).toEqual([id]);
  });

  it('serves a cached response with the same headers as a fresh one, on every path through the server', async () => {
    const id = put('headers');
    const headersOf = ({ headers }: Answer): Record<string, string> => {
      const varying = new Set(['date', 'keep-alive', 'ratelimit', 'cache-status', 'x-request-id']);
      return Object.fromEntries([...headers].filter(([name]) => !varying.has(name)));
    };
    const fresh = headersOf(await read(id));
    const known = await untilCached(id);
    expect(headersOf(known)).toEqual(fresh);
    expect(known.headers.get('ratelimit')).toMatch(/^"(credential|address)";r=\d+;t=\d+$/);
    // A cross-origin read of a browser skips the fast path and gets the same response.
    const browsers = await read(id, 0, { origin: 'https://elsewhere.example' });
    expect(browsers.headers.get('cache-status')).toBe('delauto; hit');
    expect(headersOf(browsers)).toEqual(fresh);
    expect((await read(id, 0, { 'x-request-id': 'mine-and-only-mine' })).headers.get('x-request-id')).toBe(
      'mine-and-only-mine',
    );
  });

  it('answers 304 to a matching If-None-Match, from the cache and from the owner', async () => {
    const id = put('known');
    const etag = String((await read(id)).headers.get('etag'));
    await untilCached(id);
    for (const tag of [etag, `"other", W/${etag}`, '*']) {
      expect(await read(id, 0, { 'if-none-match': tag })).toMatchObject({ status: 304, text: '' });
    }
    expect((await read(id, 0, { 'if-none-match': '"other"' })).status).toBe(200);
    await publishChange(id);
    const again = await waitUntil(
      async () => {
        const answer = await read(id, 0, { 'if-none-match': etag });
        return answer.headers.get('cache-status') === null ? answer : undefined;
      },
      { what: 'a response from the owner', deadlineMs: 5_000 },
    );
    expect(again).toMatchObject({ status: 304, text: '' });
  });

  it('serves nothing to callers without access', async () => {
    const id = put('secret');
    await read(id);
    await untilCached(id);
    const other = await edge.organization();
    expect((await edge.call('GET', `/v1/deliveries/${id}`, { key: other.key })).status).toBe(404);
    expect((await edge.call('GET', `/v1/deliveries/${id}`, {})).status).toBe(401);
  });

  it('invalidates an entry on every gateway when an event arrives', async () => {
    const id = put('before');
    await read(id);
    await untilCached(id);
    put('after', id);
    await publishChange(id);
    for (const gateway of [0, 1]) {
      await waitUntil(async () => referenceOf(await read(id, gateway)) === 'after', {
        what: `gateway ${gateway} to serve the new version`,
        deadlineMs: 5_000,
      });
    }
  });

  it('lets a client read its own write immediately, through any gateway', async () => {
    const id = put('mine');
    await read(id);
    await untilCached(id);
    const body = { ...DELIVERY_INPUT, reference: 'changed' };
    await edge.call('POST', '/v1/deliveries', { key: mine.key, body }, 0);
    expect(referenceOf(await read(id, 1))).toBe('changed');
  });

  it('never caches a response that was read before a change and arrived after it', async () => {
    const id = put('old');
    const gate = Promise.withResolvers<void>();
    answering = gate.promise;
    const slow = read(id, 0);
    await waitUntil(() => Promise.resolve(ownerReads.length === 1), {
      what: 'the owner to receive the read',
      deadlineMs: 5_000,
    });
    const body = { ...DELIVERY_INPUT, reference: 'new' };
    await edge.call('POST', '/v1/deliveries', { key: mine.key, body }, 1);
    // A request after the change does not share the read that began before it.
    answering = Promise.resolve();
    expect(referenceOf(await read(id, 0))).toBe('new');
    gate.resolve();
    expect(referenceOf(await slow)).toBe('old');
    for (const gateway of [0, 1, 0, 1]) expect(referenceOf(await read(id, gateway))).toBe('new');
  });

  it('asks the owner at most once per gateway for concurrent requests', async () => {
    const id = put('crowd');
    const gate = Promise.withResolvers<void>();
    answering = gate.promise;
    const crowd = Array.from({ length: 40 }, (_, index) => read(id, index % 2));
    await waitUntil(() => Promise.resolve(ownerReads.length > 0), {
      what: 'the owner to receive the read',
      deadlineMs: 5_000,
    });
    gate.resolve();
    const answers = await Promise.all(crowd);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(ownerReads.length).toBeLessThanOrEqual(2);
  });

  it('does not cache 404 responses', async () => {
    const id = newId('dlv');
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => read(id, index % 2)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(404));
    put('born', id);
    expect(referenceOf(await read(id))).toBe('born');
  });

  it('caches large responses compressed, by the encoding that the client accepts', async () => {
    const id = newId('dlv');
    stored.set(id, { ...makeDelivery(id, 'large'), transcript: 'word '.repeat(1_000) });
    for (const encoding of ['br', 'gzip'] as const) {
      const headers = { 'accept-encoding': encoding };
      const fresh = await read(id, 0, headers);
      const cached = await waitUntil(
        async () => {
          const answer = await read(id, 1, headers);
          return answer.headers.get('cache-status') === null ? undefined : answer;
        },
        { what: 'a cached response', deadlineMs: 5_000 },
      );
      for (const { headers: got, text } of [fresh, cached]) {
        expect(got.get('content-encoding')).toBe(encoding);
        expect(referenceOf({ status: 200, headers: got, text })).toBe('large');
      }
    }
    expect((await read(id, 0, { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
  });

  it('does not wait for a Redis that hangs', async () => {
    const id = put('hanging');
    await read(id);
    await untilCached(id);
    const other = new Redis(edge.redis.url);
    await other.client('PAUSE', 5_000, 'ALL');
    const awake = other.ping().then(() => 'awake');
    expect(referenceOf(await read(id))).toBe('hanging');
    expect(await Promise.race([awake, Promise.resolve('hangs')])).toBe('hangs');
    await awake;
    other.disconnect();
    await untilCached(id);
  });

  it('works without Redis, and serves no earlier entries after an outage', async () => {
    const id = put('before the outage');
    await read(id);
    await untilCached(id);
    await edge.redis.kill9();
    put('during the outage', id);
    await publishChange(id);
    expect(referenceOf(await read(id, 0))).toBe('during the outage');
    const body = { ...DELIVERY_INPUT, reference: 'written meanwhile' };
    const written = await edge.call('POST', '/v1/deliveries', {
      key: mine.key,
      body,
      headers: { 'idempotency-key': 'during-the-outage' },
    });
    expect(written.status).toBe(201);
    expect(referenceOf(await read(id, 1))).toBe('written meanwhile');
    // Redis returns with all of its old data, and without the invalidations.
    await edge.redis.restart();
    const seen = new Set<string>();
    for (const gateway of [0, 1]) {
      await waitUntil(
        async () => {
          const answer = await read(id, gateway);
          seen.add(referenceOf(answer));
          return answer.headers.get('cache-status') !== null;
        },
        { what: `gateway ${gateway} to use Redis again`, deadlineMs: 10_000 },
      );
    }
    expect([...seen]).toEqual(['written meanwhile']);
  });
});
