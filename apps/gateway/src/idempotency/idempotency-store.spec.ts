import { waitUntil } from '#deploy/local/process/wait-until.js';
import { CodedError, CreateDeliveryRpc } from '#libs/contracts/index.js';
import { newId } from '#libs/persistence/index.js';
import { Claim, IdempotencyStore, toRequestHash } from './idempotency-store.js';
import { DELIVERY_INPUT, makeDelivery, EdgeFixture, type Answer } from '../testing/edge-fixture.js';

describe('a request with an Idempotency-Key', () => {
  let edge: EdgeFixture;
  let mine: { id: string; key: string };
  const commands: string[] = [];
  let answering: Promise<unknown> = Promise.resolve();
  let failure: CodedError | undefined;
  let keys = 0;

  beforeAll(async () => {
    edge = await EdgeFixture.start({}, {});
    mine = await edge.organization();
    // Unlike a real owner, it does not detect repeats, so that every request that reaches it can be counted.
    edge.mesh.serve(CreateDeliveryRpc, async ({ reference }, { commandId }) => {
      commands.push(commandId);
      await answering;
      if (failure) throw failure;
      return makeDelivery(newId('dlv'), reference);
    });
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    commands.length = 0;
    answering = Promise.resolve();
    failure = undefined;
    keys += 1;
  });

  const post = (options: { body?: object; key?: string; gateway?: number; as?: string } = {}): Promise<Answer> =>
    edge.call(
      'POST',
      '/v1/deliveries',
      {
        key: options.as ?? mine.key,
        body: options.body ?? DELIVERY_INPUT,
        headers: { 'idempotency-key': options.key ?? `key-${keys}` },
      },
      options.gateway,
    );
  const problem = ({ text }: Answer): string => (JSON.parse(text) as { type: string }).type;

  it('runs once, and repeats get the same response through any gateway and credential of the organization', async () => {
    const first = await post();
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const issued = await edge.call('POST', '/v1/api-keys', { key: mine.key, body: { label: 'shop', role: 'partner' } });
    const { apiKey } = JSON.parse(issued.text) as { apiKey: string };
    // The order of the fields does not matter.
    const body = Object.fromEntries(Object.entries(DELIVERY_INPUT).reverse());
    for (const repeat of [{}, { gateway: 1 }, { as: apiKey, gateway: 1, body }]) {
      const again = await post(repeat);
      expect(again).toMatchObject({ status: first.status, text: first.text });
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    }
    expect(commands).toHaveLength(1);
  });

  it('answers 409 while the first request is in progress', async () => {
    const gate = Promise.withResolvers<void>();
    answering = gate.promise;
    const first = post();
    await waitUntil(() => commands.length === 1, { what: 'the first request to be in progress', deadlineMs: 5_000 });
    const second = await post({ gateway: 1 });
    expect(second.status).toBe(409);
    expect(problem(second)).toBe('urn:delauto:problem:idempotency_in_flight');
    expect(second.headers.get('retry-after')).toBe('1');
    gate.resolve();
    expect((await first).status).toBe(201);
    expect((await post({ gateway: 1 })).headers.get('idempotency-replayed')).toBe('true');
    expect(commands).toHaveLength(1);
  });

  it('answers 422 for another body or path, without any effect', async () => {
    await post();
    const other = await post({ body: { ...DELIVERY_INPUT, reference: 'A-2' } });
    expect(other.status).toBe(422);
    expect(problem(other)).toBe('urn:delauto:problem:idempotency_key_reused');
    const elsewhere = await edge.call('POST', '/v1/customers', {
      key: mine.key,
      body: DELIVERY_INPUT,
      headers: { 'idempotency-key': `key-${keys}` },
    });
    expect(elsewhere.status).toBe(422);
    expect(commands).toHaveLength(1);
  });

  it('is independent of other organizations', async () => {
    await post();
    const other = await edge.organization();
    const theirs = await post({ as: other.key });
    expect(theirs.status).toBe(201);
    expect(theirs.headers.get('idempotency-replayed')).toBeNull();
    expect(commands).toHaveLength(2);
  });

  it('runs again after an internal error, and replays a refusal', async () => {
    failure = new CodedError('internal', 'broken');
    expect((await post()).status).toBe(500);
    failure = new CodedError('window_invalid', 'too late');
    const refused = await post();
    expect(refused.status).toBe(422);
    expect(problem(refused)).toBe('urn:delauto:problem:window_invalid');
    failure = undefined;
    const again = await post();
    expect(again).toMatchObject({ status: 422, text: refused.text });
    expect(commands).toHaveLength(2);
    // The owner receives the same command id each time.
    expect(new Set(commands).size).toBe(1);
  });

  it('can be repeated soon after the gateway that processed it crashed', async () => {
    const key = `key-${keys}`;
    const dying = edge.gateway(0).app.get(IdempotencyStore);
    const hash = toRequestHash('POST', '/v1/deliveries', DELIVERY_INPUT);
    const claim = await dying.claim(mine.id, key, hash);
    expect(claim).toBeInstanceOf(Claim);
    // A crashed gateway does not renew its markers.
    dying.onApplicationShutdown();
    expect((await post({ gateway: 1 })).status).toBe(409);
    const answer = await waitUntil(
      async () => {
        const tried = await post({ gateway: 1 });
        return tried.status === 409 ? undefined : tried;
      },
      { what: 'the marker to expire', deadlineMs: 10_000 },
    );
    expect(answer.status).toBe(201);
    expect(commands).toHaveLength(1);
  });

  it('is passed on with the same command id while Redis is unavailable', async () => {
    await post();
    await edge.redis.kill9();
    expect((await post()).status).toBe(201);
    expect(new Set(commands).size).toBe(1);
    expect(commands).toHaveLength(2);
    await edge.redis.restart();
  });

  it('is refused if the key is too long', async () => {
    const answer = await post({ key: 'x'.repeat(256) });
    expect(answer.status).toBe(400);
    expect(commands).toHaveLength(0);
  });
});
