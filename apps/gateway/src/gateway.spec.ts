import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import jwt from 'jsonwebtoken';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { GetOrganizationRpc, OrganizationCreated } from '#libs/contracts/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { AgentTokens } from './authentication/agent-tokens.js';
import { GatewayConfig } from './config/gateway.config.js';
import { createGateway } from './gateway.js';

const OPERATOR_KEY = 'operator-key-of-this-test-0123456789';
const JWT_SECRET = 'jwt-secret-of-this-test-01234567890123';

interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('the gateway', () => {
  let app: NestFastifyApplication;
  let mesh: MeshDouble;
  let url: string;

  beforeAll(async () => {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const config = Object.assign(new GatewayConfig(), {
      PORT: 0,
      MONGODB_URI: servers.mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: servers.nats.url,
      REDIS_URL: servers.redis.url,
      LOG_LEVEL: 'fatal',
      JWT_SECRET,
      OPERATOR_API_KEY: OPERATOR_KEY,
    });
    app = await createGateway(config);
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    mesh = await MeshDouble.open(servers.nats.url, 'routing');
  });

  afterAll(async () => {
    await mesh?.close();
    await app?.close();
  });

  async function call(
    method: string,
    path: string,
    options: { key?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<ApiResponse> {
    const body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  }

  async function createOrganization(): Promise<{ id: string; admin: string; partner: string }> {
    const created = await call('POST', '/v1/organizations', {
      key: OPERATOR_KEY,
      body: { name: 'Acme', zone: 'Europe/London' },
    });
    const admin = String(created.body['apiKey']);
    const issuedKey = await call('POST', '/v1/api-keys', { key: admin, body: { label: 'shop', role: 'partner' } });
    return { id: String(created.body['organizationId']), admin, partner: String(issuedKey.body['apiKey']) };
  }

  const agentToken = (org: string, agentId: string): string =>
    app.get(AgentTokens).issue(parseOrganizationId(org), agentId).token;

  describe('authorizes', () => {
    it('only the operator to create an organization, which it publishes and serves by RPC', async () => {
      const { id, admin } = await createOrganization();
      const event = await waitUntil(
        async () => (await mesh.published(OrganizationCreated)).find(({ aggregateId }) => aggregateId === id),
        { what: 'the organization’s event' },
      );
      expect(event.payload).toMatchObject({ organizationId: id, name: 'Acme', callsFromMinute: 540 });
      expect(await mesh.call(GetOrganizationRpc, { organizationId: id }, { organizationId: id })).toMatchObject({
        name: 'Acme',
      });
      await expect(
        mesh.call(GetOrganizationRpc, { organizationId: id }, { organizationId: 'org_other' }),
      ).rejects.toMatchObject({ code: 'not_found' });
      expect(
        await call('POST', '/v1/organizations', { key: admin, body: { name: 'B', zone: 'Europe/London' } }),
      ).toMatchObject({ status: 403 });
    });

    it('an administrator to choose what follows an early hang-up, with a lenient default', async () => {
      const { id, admin } = await createOrganization();
      const getProfile = (): Promise<unknown> =>
        mesh.call(GetOrganizationRpc, { organizationId: id }, { organizationId: id });
      expect(await getProfile()).toMatchObject({ afterEarlyHangUp: 'another_day' });
      const setAfterEarlyHangUp = (afterEarlyHangUp: string): ReturnType<typeof call> =>
        call('PATCH', `/v1/organizations/${id}`, { key: admin, body: { afterEarlyHangUp } });
      expect(await setAfterEarlyHangUp('text')).toMatchObject({ status: 200, body: { afterEarlyHangUp: 'text' } });
      expect(await getProfile()).toMatchObject({ afterEarlyHangUp: 'text' });
      expect(await setAfterEarlyHangUp('ring_until_they_answer')).toMatchObject({ status: 400 });
    });

    it('no request without a credential, or with a forged, expired or unsigned one, or one for another audience', async () => {
      const { id, admin } = await createOrganization();
      const claims = { org: id };
      const options = { issuer: 'delauto', audience: 'delauto-agent', subject: 'agt_1' };
      const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...claims, sub: 'agt_1', iss: 'delauto', aud: 'delauto-agent' })).toString('base64url')}.`;
      const invalidCredentials = [
        undefined,
        'nonsense',
        `${admin.slice(0, -2)}xx`,
        jwt.sign(claims, 'another-secret-another-secret-12', options),
        jwt.sign(claims, JWT_SECRET, { ...options, expiresIn: -1 }),
        jwt.sign(claims, JWT_SECRET, { ...options, audience: 'other-audience' }),
        jwt.sign(claims, JWT_SECRET, { ...options, algorithm: 'HS512' }),
        unsigned,
      ];
      for (const key of invalidCredentials) {
        const response = await call('GET', '/v1/me/inbox', key === undefined ? {} : { key });
        expect(response).toMatchObject({ status: 401, body: { type: 'urn:delauto:problem:unauthorized' } });
      }
      expect((await call('GET', '/v1/me/inbox', { key: admin })).status).toBe(403);
    });

    it('each role for exactly its permissions', async () => {
      const { id, admin, partner } = await createOrganization();
      const agent = agentToken(id, 'agt_1');
      const isPermitted = async (method: string, path: string, key: string): Promise<boolean> =>
        (await call(method, path, { key, ...(method === 'POST' ? { body: {} } : {}) })).status !== 403;
      const checkPermissions = async (method: string, path: string): Promise<boolean[]> =>
        Promise.all([OPERATOR_KEY, admin, partner, agent].map((key) => isPermitted(method, path, key)));
      expect(await checkPermissions('POST', '/v1/api-keys')).toEqual([false, true, false, false]);
      expect(await checkPermissions('POST', '/v1/agents')).toEqual([false, true, false, false]);
      expect(await checkPermissions('POST', '/v1/deliveries')).toEqual([false, true, true, false]);
      expect(await checkPermissions('POST', '/v1/webhook-endpoints')).toEqual([false, true, true, false]);
      expect(await checkPermissions('POST', '/v1/me/push-subscriptions')).toEqual([false, false, false, true]);
    });
  });

  describe('responds to invalid requests with problem details', () => {
    it('that name every invalid and unknown field', async () => {
      const { partner } = await createOrganization();
      const response = await call('POST', '/v1/deliveries', {
        key: partner,
        body: { refrence: 'A', window: 3, customerId: { $ne: null } },
      });
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(response.body).toMatchObject({ type: 'urn:delauto:problem:invalid_request', status: 400 });
      const errors = response.body['errors'] as { path: string }[];
      expect(new Set(errors.map(({ path }) => path))).toEqual(
        new Set(['refrence', 'reference', 'window', 'customerId']),
      );
      expect(response.body['traceId']).toMatch(/^[0-9a-f]{32}$/);
    });

    it('that distinguish malformed JSON from an unknown path', async () => {
      const { partner } = await createOrganization();
      expect(await call('POST', '/v1/deliveries', { key: partner, body: '{"a":' })).toMatchObject({ status: 400 });
      expect(await call('GET', '/v1/nothing', { key: partner })).toMatchObject({ status: 404 });
    });

    it('that ask to retry while the app that owns the data is unavailable', async () => {
      const { partner } = await createOrganization();
      const response = await call('GET', '/v1/deliveries/dlv_1', { key: partner });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('2');
    });
  });
});
