import { createServer, type AddressInfo } from 'node:net';
import type mongoose from 'mongoose';
import { connectObserver } from '#libs/testing/servers/index.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { httpCall, type HttpResponse } from '../front-door/http-call.js';
import { AppUnderTest } from '../processes/app-under-test.js';
import { BOOT_MS, expectStatus, IdentityFixture, JWT_SECRET, OPERATOR, type Gateway } from './identity-fixture.js';

/** An idempotent command of the gateway whose response shows a secret once. */
interface Command {
  readonly path: string;
  readonly as: string;
  readonly body: object;
}

describe('a repeated request for an idempotent command of the gateway', () => {
  let fixture: IdentityFixture;
  let gateway1: Gateway;
  let gateway2: Gateway;
  let serial = 0;

  beforeAll(async () => {
    fixture = await IdentityFixture.open();
    gateway1 = await fixture.gateway();
    gateway2 = await fixture.gateway();
  }, BOOT_MS);
  afterAll(() => fixture?.close(), BOOT_MS);

  const newKey = (): string => `key-${(serial += 1)}`;
  const post = ({ path, as, body }: Command, key: string, url = gateway1.url): Promise<HttpResponse> =>
    httpCall(url, 'POST', path, { as, body, headers: { 'idempotency-key': key } });
  const createCommands = async (): Promise<Record<string, Command>> => {
    const { apiKey: as } = await fixture.organization(gateway1);
    const created = await gateway1.call('POST', '/v1/api-keys', { as, body: { label: 'till', role: 'partner' } });
    const { keyId } = expectStatus(created, 201);
    return {
      createApiKey: { path: '/v1/api-keys', as, body: { label: `shop ${newKey()}`, role: 'partner' } },
      rotateApiKey: { path: `/v1/api-keys/${String(keyId)}/rotation`, as, body: { overlapSeconds: 3600 } },
      createInvitation: { path: '/v1/invitations', as, body: { email: fixture.newEmail(), role: 'dispatcher' } },
      createOrganization: { path: '/v1/organizations', as: OPERATOR, body: { name: newKey(), zone: 'Europe/London' } },
    };
  };
  const problem = ({ body }: HttpResponse): unknown => body['type'];

  it('gets the first response with its secret from any gateway, and has no further effect', async () => {
    for (const [name, command] of Object.entries(await createCommands())) {
      const key = newKey();
      const first = await post(command, key);
      expectStatus(first, 201);
      for (const gateway of [gateway1, gateway2]) {
        const repeated = await post(command, key, gateway.url);
        expect({ name, status: repeated.status, body: repeated.body }).toEqual({ name, status: 201, body: first.body });
        expect(repeated.headers.get('idempotency-replayed')).toBe('true');
        expect(repeated.headers.get('cache-control')).toBe('no-store');
      }
    }
  });

  it('gets 422 for another body, and 409 or the same response when requests race', async () => {
    const { createApiKey } = await createCommands();
    if (!createApiKey) throw new Error('createCommands() returned no createApiKey.');
    const key = newKey();
    const racing = await Promise.all(
      [gateway1, gateway2, gateway1, gateway2].map(({ url }) => post(createApiKey, key, url)),
    );
    const successes = racing.filter(({ status }) => status === 201);
    expect(racing.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(new Set(successes.map(({ body }) => body['apiKey'])).size).toBe(1);
    const reused = await post({ ...createApiKey, body: { label: 'another', role: 'partner' } }, key);
    expect([reused.status, problem(reused)]).toEqual([422, 'urn:delauto:problem:idempotency_key_reused']);
    const { items } = (await gateway1.call('GET', '/v1/api-keys', { as: createApiKey.as })).body as { items: object[] };
    expect(items).toHaveLength(3);
  });

  it('is stored encrypted: neither the secret nor the client’s key is in the database', async () => {
    const { createApiKey } = await createCommands();
    if (!createApiKey) throw new Error('createCommands() returned no createApiKey.');
    const key = `client-${newKey()}`;
    const { apiKey } = expectStatus(await post(createApiKey, key), 201);
    const secret = String(apiKey).split('.')[1] ?? '';
    const { collections, rows } = await inDatabase(async (database) => {
      const names = (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
      const contents = names.map(async (name) => JSON.stringify(await database.collection(name).find().toArray()));
      return { collections: names, rows: (await Promise.all(contents)).join('\n') };
    });
    expect(collections).toEqual(expect.arrayContaining(['commands', 'apiKeys']));
    expect(rows).toContain(String(apiKey).split('.')[0]);
    expect({ secret: rows.includes(secret), key: rows.includes(key) }).toEqual({ secret: false, key: false });
  });

  it('is decrypted with the server secret that encrypted it, and gets 409 when that secret was removed', async () => {
    const { createApiKey } = await createCommands();
    if (!createApiKey) throw new Error('createCommands() returned no createApiKey.');
    const key = newKey();
    const first = await post(createApiKey, key);
    const next = 'jwt-secret-of-the-next-day-0123456789';
    const renewed = await fixture.gateway({ JWT_SECRET: next, JWT_SECRETS_PREVIOUS: JWT_SECRET });
    expect((await post(createApiKey, key, renewed.url)).body).toEqual(first.body);
    const withoutPrevious = await fixture.gateway({ JWT_SECRET: next });
    const unreadable = await post(createApiKey, key, withoutPrevious.url);
    expect([unreadable.status, problem(unreadable)]).toEqual([409, 'urn:delauto:problem:answer_unreadable']);
  });

  it('has its effect once, whenever the gateway is killed', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { mongo, nats, redis } = fixture.servers;
    const gateway = new AppUnderTest(
      'gateway',
      {
        PORT: String(port),
        MONGODB_URI: mongo.uri,
        CUSTOMER_DATA_KEY: TEST_DATA_KEY,
        NATS_URL: nats.url,
        REDIS_URL: redis.url,
        JWT_SECRET,
        OPERATOR_API_KEY: OPERATOR,
      },
      `${url}/health/ready`,
    );
    try {
      await gateway.start();
      for (const afterMs of [3, 10, 25]) {
        const commands = Object.values(await createCommands()).map((command) => ({ command, key: newKey() }));
        const before = await countCreated();
        const interruptedRequests = Promise.allSettled(commands.map(({ command, key }) => post(command, key, url)));
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        await gateway.kill9();
        await interruptedRequests;
        await gateway.start();
        for (const { command, key } of commands) {
          const response = await waitForSuccess(() => post(command, key, url));
          expect(await post(command, key)).toMatchObject({ status: 201, body: response.body });
        }
        expect(await countCreated()).toEqual({
          keys: before.keys + 2,
          rotations: before.rotations + 1,
          invitations: before.invitations + 1,
          organizations: before.organizations + 1,
        });
      }
    } finally {
      await gateway.stop();
    }
  });

  const inDatabase = async <T>(query: (database: mongoose.mongo.Db) => Promise<T>): Promise<T> => {
    const connection = await connectObserver(fixture.servers.mongo.uri, 'gateway');
    try {
      if (!connection.db) throw new Error('The connection has no database.');
      return await query(connection.db);
    } finally {
      await connection.close();
    }
  };
  const countCreated = (): Promise<{ keys: number; rotations: number; invitations: number; organizations: number }> =>
    inDatabase(async (database) => ({
      keys: await database.collection('apiKeys').countDocuments(),
      rotations: await database.collection('apiKeys').countDocuments({ previous: { $exists: true } }),
      invitations: await database.collection('invitations').countDocuments(),
      organizations: await database.collection('organizations').countDocuments(),
    }));
});

/** Repeats the request until the killed gateway's in-flight marker expires. */
function waitForSuccess(send: () => Promise<HttpResponse>): Promise<HttpResponse> {
  return waitUntil(
    async () => {
      const response = await send();
      return response.status === 201 ? response : undefined;
    },
    { what: 'the repeated request to succeed', everyMs: 100 },
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
