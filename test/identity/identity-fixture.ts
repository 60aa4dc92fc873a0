import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createGateway } from '../../apps/gateway/src/gateway.js';
import { GatewayConfig } from '../../apps/gateway/src/config/config.module.js';
import { Clock } from '#libs/clock/clock.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers, type TestMongo, type TestServer } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { httpCall, type HttpResponse, type CallOptions } from '../front-door/http-call.js';

export const OPERATOR = 'operator-key-of-this-test-0123456789';
export const JWT_SECRET = 'jwt-secret-of-this-test-01234567890123';
/** Time to boot two gateways and their servers on a busy machine. */
export const BOOT_MS = 120_000;
export const PASSWORD = 'correct horse battery staple';

interface Servers {
  readonly mongo: TestMongo;
  readonly nats: TestServer;
  readonly redis: TestServer;
}

/** One gateway, built by the same function as in production. */
export class Gateway {
  private offsetMs = 0;

  constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {
    const clock = app.get(Clock);
    clock.now = () => new Date(Date.now() + this.offsetMs);
  }

  /** Advances its clock without waiting. */
  advanceClock(seconds: number): void {
    this.offsetMs += seconds * 1000;
  }

  call(method: string, path: string, options?: CallOptions): Promise<HttpResponse> {
    return httpCall(this.url, method, path, options);
  }
}

export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionId: string;
  readonly userId: string;
}

/** Gateways on real servers that share one database, as replicas do. */
export class IdentityFixture {
  private readonly gateways: Gateway[] = [];
  private serial = 0;

  private constructor(
    readonly servers: Servers,
    readonly mesh: MeshDouble,
  ) {}

  static async open(): Promise<IdentityFixture> {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    return new IdentityFixture(servers, await MeshDouble.open(servers.nats.url, 'routing'));
  }

  async gateway(overrides: Partial<GatewayConfig> = {}): Promise<Gateway> {
    const { mongo, nats, redis } = this.servers;
    const config = Object.assign(new GatewayConfig(), {
      PORT: 0,
      MONGODB_URI: mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'fatal',
      JWT_SECRET,
      OPERATOR_API_KEY: OPERATOR,
      // All users sign in from one IP address.
      RATE_LIMIT_SIGN_IN_PER_MINUTE: 1_000_000,
      ...overrides,
    });
    const app = await createGateway(config);
    await app.listen(0, '127.0.0.1');
    const gateway = new Gateway(app, (await app.getUrl()).replace('[::1]', '127.0.0.1'));
    this.gateways.push(gateway);
    return gateway;
  }

  newEmail(): string {
    return `person${(this.serial += 1)}@example.com`;
  }

  /** Creates an organization with its first administrator, who is signed in. */
  async organization(gateway: Gateway): Promise<{ id: string; apiKey: string; email: string; admin: SignedIn }> {
    const email = this.newEmail();
    const body = { name: 'Acme', zone: 'Europe/London', admin: { email, name: 'Ana Admin' } };
    const created = expectStatus(await gateway.call('POST', '/v1/organizations', { as: OPERATOR, body }), 201);
    const { token } = created['invitation'] as { token: string };
    expectStatus(await gateway.call('POST', '/v1/invitations/accept', { body: { token, password: PASSWORD } }), 201);
    const admin = await this.signIn(gateway, email);
    return { id: String(created['organizationId']), apiKey: String(created['apiKey']), email, admin };
  }

  /** Invites a user, accepts the invitation and signs in. */
  async join(gateway: Gateway, as: string, role: string): Promise<SignedIn & { email: string }> {
    const email = this.newEmail();
    const invited = await gateway.call('POST', '/v1/invitations', { as, body: { email, role } });
    const { token } = expectStatus(invited, 201);
    const accepted = { token, name: 'Ben Member', password: PASSWORD };
    expectStatus(await gateway.call('POST', '/v1/invitations/accept', { body: accepted }), 201);
    return { ...(await this.signIn(gateway, email)), email };
  }

  async signIn(gateway: Gateway, email: string, password = PASSWORD): Promise<SignedIn> {
    const body = expectStatus(await gateway.call('POST', '/v1/auth/login', { body: { email, password } }), 200);
    const { userId } = body['user'] as { userId: string };
    const { accessToken, refreshToken, sessionId } = body as unknown as SignedIn;
    return { accessToken, refreshToken, sessionId, userId };
  }

  async close(): Promise<void> {
    await this.mesh.close();
    await Promise.all(this.gateways.map(({ app }) => app.close()));
  }
}

/** @throws Error with the response if its status differs. */
export function expectStatus(response: HttpResponse, status: number): Readonly<Record<string, unknown>> {
  if (response.status !== status) throw new Error(`Expected ${status}, got ${response.status}: ${response.text}`);
  return response.body;
}
