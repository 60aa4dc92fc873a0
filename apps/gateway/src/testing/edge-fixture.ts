import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Delivery } from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers, type TestServer } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { createGateway } from '../gateway.js';
import { GatewayConfig } from '../config/gateway.config.js';

const OPERATOR_KEY = 'operator-key-of-this-test-0123456789';

export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RequestOptions {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Gateways with their own test servers. The test simulates the other apps of the mesh. */
export class EdgeFixture {
  private constructor(
    readonly mesh: MeshDouble,
    readonly redis: TestServer,
    private readonly gateways: readonly { readonly app: NestFastifyApplication; readonly url: string }[],
  ) {}

  /** @param settings the configuration of each gateway to start */
  static async start(...settings: Partial<GatewayConfig>[]): Promise<EdgeFixture> {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const gateways: { app: NestFastifyApplication; url: string }[] = [];
    for (const overrides of settings) {
      const config = Object.assign(new GatewayConfig(), {
        PORT: 0,
        MONGODB_URI: servers.mongo.uri,
        CUSTOMER_DATA_KEY: TEST_DATA_KEY,
        NATS_URL: servers.nats.url,
        REDIS_URL: servers.redis.url,
        LOG_LEVEL: 'fatal',
        JWT_SECRET: 'jwt-secret-of-this-test-01234567890123',
        OPERATOR_API_KEY: OPERATOR_KEY,
        ...overrides,
      });
      const app = await createGateway(config);
      await app.listen(0, '127.0.0.1');
      gateways.push({ app, url: (await app.getUrl()).replace('[::1]', '127.0.0.1') });
    }
    return new EdgeFixture(await MeshDouble.open(servers.nats.url, 'routing'), servers.redis, gateways);
  }

  /** Returns a gateway: its application and URL. */
  gateway(index = 0): { readonly app: NestFastifyApplication; readonly url: string } {
    const gateway = this.gateways[index];
    if (!gateway) throw new RangeError(`There is no gateway ${index}.`);
    return gateway;
  }

  async call(method: string, path: string, options: RequestOptions = {}, gateway = 0): Promise<ApiResponse> {
    const body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
    const response = await fetch(`${this.gateway(gateway).url}${path}`, {
      method,
      headers: {
        ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /**
   * Creates an organization.
   * @returns its id and its administrator's API key
   */
  async createOrganization(gateway = 0): Promise<{ readonly id: string; readonly key: string }> {
    const body = { name: 'Acme', zone: 'Europe/London' };
    const { text } = await this.call('POST', '/v1/organizations', { key: OPERATOR_KEY, body }, gateway);
    const { organizationId, apiKey } = JSON.parse(text) as { organizationId: string; apiKey: string };
    return { id: organizationId, key: apiKey };
  }

  async stop(): Promise<void> {
    await this.mesh.close();
    for (const { app } of this.gateways) await app.close();
  }
}

export function makeDelivery(deliveryId: string, reference: string): Delivery {
  return {
    deliveryId,
    revision: 1,
    reference,
    customerId: 'cus_0123456789abcdef01234567',
    state: 'created',
    window: { start: '2030-01-01T10:00:00.000Z', end: '2030-01-01T12:00:00.000Z' },
    position: [-0.1, 51.5],
    decideBy: '2030-01-01T10:00:00.000Z',
    alternativeWindows: [],
    parcel: {},
    requires: [],
    priority: 50,
    attempts: 0,
    createdAt: '2029-12-31T10:00:00.000Z',
    updatedAt: '2029-12-31T10:00:00.000Z',
  };
}

export const DELIVERY_INPUT = {
  reference: 'A-1',
  customerId: 'cus_0123456789abcdef01234567',
  window: { start: '2030-01-01T10:00:00Z', end: '2030-01-01T12:00:00Z' },
};
