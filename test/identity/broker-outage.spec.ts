import { waitUntil } from '#deploy/local/process/wait-until.js';
import { CreateDeliveryRpc, GetDeliveryRpc, type GetDeliveryRequest } from '#libs/contracts/index.js';
import { createId } from '#libs/persistence/index.js';
import type { TestServer } from '#libs/testing/servers/index.js';
import { DELIVERY_INPUT, makeDelivery } from '../../apps/gateway/src/testing/edge-fixture.js';
import type { HttpResponse } from '../front-door/http-call.js';
import { BOOT_MS, expectStatus, IdentityFixture, OPERATOR, PASSWORD, type Gateway } from './identity-fixture.js';

const DEADLINE_MS = 30_000;

interface Outage {
  readonly kind: string;
  readonly begin: (server: TestServer) => Promise<void>;
  readonly end: (server: TestServer) => Promise<void>;
}

const KILLED: Outage = { kind: 'killed', begin: (one) => one.kill9(), end: (one) => one.restart() };
/** The connections stay open and new ones are accepted, but the server does not reply. */
const FROZEN: Outage = { kind: 'frozen', begin: (one) => one.pause(), end: (one) => one.resume() };

interface Readiness {
  readonly status: string;
  readonly details: Readonly<Record<string, { readonly status: string; readonly since?: string }>>;
}

describe('a gateway', () => {
  let fixture: IdentityFixture;
  let gateway: Gateway;
  let organization: Awaited<ReturnType<IdentityFixture['organization']>>;

  beforeAll(async () => {
    fixture = await IdentityFixture.open();
    gateway = await fixture.gateway();
    organization = await fixture.organization(gateway);
    fixture.mesh.serve(GetDeliveryRpc, ({ deliveryId }: GetDeliveryRequest) => makeDelivery(deliveryId, 'A-1'));
    fixture.mesh.serve(CreateDeliveryRpc, ({ reference }) => makeDelivery(createId('dlv'), reference));
  }, BOOT_MS);
  afterAll(() => fixture?.close(), BOOT_MS);

  const readiness = async (target = gateway): Promise<[status: number, Readiness]> => {
    const { status, body } = await target.call('GET', '/health/ready');
    return [status, body as unknown as Readiness];
  };
  const waitForState = (server: string, state: string): Promise<true> =>
    waitUntil(
      async () => {
        const [httpStatus, { status, details }] = await readiness();
        const expected = state === 'up' ? 'ok' : state;
        return httpStatus === 200 && status === expected && details[server]?.status === state ? true : undefined;
      },
      { what: `${server} to be ${state} at a gateway that stays ready`, deadlineMs: DEADLINE_MS },
    );
  const read = (deliveryId: string): Promise<HttpResponse> =>
    gateway.call('GET', `/v1/deliveries/${deliveryId}`, { as: organization.apiKey });
  const create = (key: string): Promise<HttpResponse> =>
    gateway.call('POST', '/v1/deliveries', {
      as: organization.apiKey,
      body: DELIVERY_INPUT,
      headers: { 'idempotency-key': key },
    });
  async function createCachedDelivery(): Promise<string> {
    const deliveryId = createId('dlv');
    await waitUntil(async () => (await read(deliveryId)).headers.get('cache-status') !== null, {
      what: 'the delivery to be cached',
      deadlineMs: DEADLINE_MS,
    });
    return deliveryId;
  }

  /** Checks the requests that the gateway serves without other apps. */
  async function expectSessionsServed(): Promise<void> {
    const { accessToken: as, refreshToken } = await fixture.signIn(gateway, organization.email, PASSWORD);
    expectStatus(await gateway.call('POST', '/v1/auth/refresh', { body: { refreshToken } }), 200);
    for (const path of ['/v1/auth/me', '/v1/auth/sessions', `/v1/organizations/${organization.id}`, '/v1/api-keys']) {
      expectStatus(await gateway.call('GET', path, { as }), 200);
    }
    expectStatus(await gateway.call('POST', '/v1/api-keys', { as, body: { label: 'till', role: 'partner' } }), 201);
  }

  function expectProblem(response: HttpResponse, codes: readonly string[]): void {
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(codes).toContain(response.body['code']);
  }

  it.each([KILLED, FROZEN])(
    'serves its own resources and cached responses while NATS is $kind',
    async ({ kind, begin, end }) => {
      const cached = await createCachedDelivery();
      const key = `made-once-${kind}`;
      await begin(fixture.servers.nats);
      try {
        expect((await read(cached)).headers.get('cache-status')).toBe('delauto; hit');
        // The client closes the connection to a frozen broker after some seconds; until then a request waits for its
        // deadline.
        expectProblem(await read(createId('dlv')), ['unavailable', 'deadline_exceeded']);
        await waitForState('nats', 'degraded');
        const [, { details }] = await readiness();
        expect([details['mongodb']?.status, details['redis']?.status]).toEqual(['up', 'up']);
        await expectSessionsServed();
        const admin = await gateway.call('GET', '/v1/admin/health', { as: OPERATOR });
        expect(expectStatus(admin, 200)['servers']).toContainEqual({ name: 'nats', state: 'down' });
        // Once the broker is known to be unavailable, requests fail at once and are not sent.
        await waitUntil(async () => (await read(createId('dlv'))).body['code'] === 'unavailable', {
          what: 'requests to other apps to fail at once',
          deadlineMs: DEADLINE_MS,
        });
        expectProblem(await create(key), ['unavailable']);
        expectProblem(await gateway.call('GET', '/v1/admin/dead-letters', { as: OPERATOR }), ['unavailable']);
      } finally {
        await end(fixture.servers.nats);
      }
      await waitForState('nats', 'up');
      await waitUntil(async () => (await create(key)).status === 201, {
        what: 'the retry of the failed request to succeed',
        deadlineMs: DEADLINE_MS,
      });
      expectStatus(await read(createId('dlv')), 200);
    },
  );

  it.each([KILLED, FROZEN])('serves all requests while Redis is $kind', async ({ kind, begin, end }) => {
    await begin(fixture.servers.redis);
    try {
      expectStatus(await read(createId('dlv')), 200);
      await waitForState('redis', 'degraded');
      await expectSessionsServed();
      expectStatus(await create(`without-redis-${kind}`), 201);
    } finally {
      await end(fixture.servers.redis);
    }
    await waitForState('redis', 'up');
  });

  it('that is started without NATS becomes ready when it has connected', async () => {
    await fixture.servers.nats.kill9();
    let startedWithoutNats: Gateway | undefined;
    try {
      startedWithoutNats = await fixture.gateway();
      const [status, { details }] = await readiness(startedWithoutNats);
      expect([status, details['nats']?.status, details['mongodb']?.status]).toEqual([503, 'down', 'up']);
      expectStatus(await startedWithoutNats.call('GET', '/health/live'), 200);
      await fixture.signIn(startedWithoutNats, organization.email);
    } finally {
      await fixture.servers.nats.restart();
    }
    const started = startedWithoutNats;
    await waitUntil(async () => (await readiness(started))[0] === 200, {
      what: 'the gateway to be ready',
      deadlineMs: DEADLINE_MS,
    });
    await waitForState('nats', 'up');
  });
});
