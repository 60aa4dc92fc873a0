import { waitUntil } from '#deploy/local/process/wait-until.js';
import { CodedError, CreateDeliveryRpc } from '#libs/contracts/index.js';
import { createId } from '#libs/persistence/index.js';
import { Claim, IdempotencyStore, toRequestHash } from './idempotency-store.js';
import { DELIVERY_INPUT, makeDelivery, EdgeFixture, type ApiResponse } from '../testing/edge-fixture.js';

describe('a request with an Idempotency-Key', () => {
  let edge: EdgeFixture;
  let ownOrganization: { id: string; key: string };
  const commandIds: string[] = [];
  let replyGate: Promise<unknown> = Promise.resolve();
  let failure: CodedError | undefined;
  let keyCount = 0;

  beforeAll(async () => {
    edge = await EdgeFixture.start({}, {});
    ownOrganization = await edge.createOrganization();
    // Unlike routing, this handler does not detect repeats, so that every request that reaches it can be counted.
    edge.mesh.serve(CreateDeliveryRpc, async ({ reference }, { commandId }) => {
      commandIds.push(commandId);
      await replyGate;
      if (failure) throw failure;
      return makeDelivery(createId('dlv'), reference);
    });
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    commandIds.length = 0;
    replyGate = Promise.resolve();
    failure = undefined;
    keyCount += 1;
  });

  const post = (
    options: { body?: object; key?: string; gateway?: number; credential?: string } = {},
  ): Promise<ApiResponse> =>
    edge.call(
      'POST',
      '/v1/deliveries',
      {
        key: options.credential ?? ownOrganization.key,
        body: options.body ?? DELIVERY_INPUT,
        headers: { 'idempotency-key': options.key ?? `key-${keyCount}` },
      },
      options.gateway,
    );
  const readProblemType = ({ text }: ApiResponse): string => (JSON.parse(text) as { type: string }).type;

  it('runs once, and repeats get the same response through any gateway and credential of the organization', async () => {
    const first = await post();
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const issued = await edge.call('POST', '/v1/api-keys', {
      key: ownOrganization.key,
      body: { label: 'shop', role: 'partner' },
    });
    const { apiKey } = JSON.parse(issued.text) as { apiKey: string };
    // The order of the fields does not matter.
    const body = Object.fromEntries(Object.entries(DELIVERY_INPUT).reverse());
    for (const repeat of [{}, { gateway: 1 }, { credential: apiKey, gateway: 1, body }]) {
      const repeated = await post(repeat);
      expect(repeated).toMatchObject({ status: first.status, text: first.text });
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      expect(repeated.headers.get('content-type')).toBe(first.headers.get('content-type'));
    }
    expect(commandIds).toHaveLength(1);
  });

  it('gets 409 while the first request is in progress', async () => {
    const gate = Promise.withResolvers<void>();
    replyGate = gate.promise;
    const first = post();
    await waitUntil(() => commandIds.length === 1, {
      what: 'the first request to be in progress',
    });
    const second = await post({ gateway: 1 });
    expect(second.status).toBe(409);
    expect(readProblemType(second)).toBe('urn:delauto:problem:idempotency_in_flight');
    expect(second.headers.get('retry-after')).toBe('1');
    gate.resolve();
    expect((await first).status).toBe(201);
    expect((await post({ gateway: 1 })).headers.get('idempotency-replayed')).toBe('true');
    expect(commandIds).toHaveLength(1);
  });

  it('gets 422 for another body or path, and does not run', async () => {
    await post();
    const otherBody = await post({ body: { ...DELIVERY_INPUT, reference: 'A-2' } });
    expect(otherBody.status).toBe(422);
    expect(readProblemType(otherBody)).toBe('urn:delauto:problem:idempotency_key_reused');
    const otherPath = await edge.call('POST', '/v1/customers', {
      key: ownOrganization.key,
      body: DELIVERY_INPUT,
      headers: { 'idempotency-key': `key-${keyCount}` },
    });
    expect(otherPath.status).toBe(422);
    expect(commandIds).toHaveLength(1);
  });

  it('is independent of other organizations', async () => {
    await post();
    const otherOrganization = await edge.createOrganization();
    const response = await post({ credential: otherOrganization.key });
    expect(response.status).toBe(201);
    expect(response.headers.get('idempotency-replayed')).toBeNull();
    expect(commandIds).toHaveLength(2);
  });

  it('runs again after an internal error, and replays a refusal', async () => {
    failure = new CodedError('internal', 'broken');
    expect((await post()).status).toBe(500);
    failure = new CodedError('window_invalid', 'too late');
    const refusal = await post();
    expect(refusal.status).toBe(422);
    expect(readProblemType(refusal)).toBe('urn:delauto:problem:window_invalid');
    failure = undefined;
    const repeated = await post();
    expect(repeated).toMatchObject({ status: 422, text: refusal.text });
    expect(commandIds).toHaveLength(2);
    // Routing receives the same command id each time.
    expect(new Set(commandIds).size).toBe(1);
  });

  it('can be repeated soon after the gateway that processed it crashed', async () => {
    const key = `key-${keyCount}`;
    const crashedStore = edge.gateway(0).app.get(IdempotencyStore);
    const hash = toRequestHash('POST', '/v1/deliveries', DELIVERY_INPUT);
    const claim = await crashedStore.claim(ownOrganization.id, key, hash);
    expect(claim).toBeInstanceOf(Claim);
    // A crashed gateway does not renew its markers.
    crashedStore.onApplicationShutdown();
    expect((await post({ gateway: 1 })).status).toBe(409);
    const response = await waitUntil(
      async () => {
        const attempt = await post({ gateway: 1 });
        return attempt.status === 409 ? undefined : attempt;
      },
      { what: 'the marker to expire' },
    );
    expect(response.status).toBe(201);
    expect(commandIds).toHaveLength(1);
  });

  it('is sent to routing with the same command id while Redis is unavailable', async () => {
    await post();
    await edge.redis.kill9();
    expect((await post()).status).toBe(201);
    expect(new Set(commandIds).size).toBe(1);
    expect(commandIds).toHaveLength(2);
    await edge.redis.restart();
  });

  it('is refused if the key is too long', async () => {
    const response = await post({ key: 'x'.repeat(256) });
    expect(response.status).toBe(400);
    expect(commandIds).toHaveLength(0);
  });
});
