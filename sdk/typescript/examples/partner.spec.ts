import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '#libs/messaging/index.js';
import { createApp } from '#libs/platform/boot/boot-app.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { GatewayConfig } from '../../../apps/gateway/src/config/config.module.js';
import { createGateway } from '../../../apps/gateway/src/gateway.js';
import { RoutingConfig } from '../../../apps/routing/src/config/config.module.js';
import { RoutingModule } from '../../../apps/routing/src/routing.module.js';
import { DelAuto, ProblemError } from '../src/index.js';
import { cancelDelivery, createDelivery, listReferences } from './partner.js';

const OPERATOR = 'operator-key-of-this-test-0123456789';
const DAY_MS = 86_400_000;

/** Runs the example against the gateway and routing as in production. */
describe('The client example', () => {
  const apps: NestFastifyApplication[] = [];
  let shop: DelAuto;

  beforeAll(async () => {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const environment = {
      PORT: 0,
      MONGODB_URI: servers.mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: servers.nats.url,
      REDIS_URL: servers.redis.url,
      LOG_LEVEL: 'fatal',
    };
    const secrets = { JWT_SECRET: 'jwt-secret-of-this-test-01234567890123', OPERATOR_API_KEY: OPERATOR };
    const gateway = await createGateway(Object.assign(new GatewayConfig(), environment, secrets));
    const routing = await createApp(
      {
        app: 'routing',
        config: RoutingConfig,
        module: (config) => RoutingModule.forConfig(config),
        prepare: connectMessaging,
      },
      Object.assign(new RoutingConfig(), environment),
    );
    apps.push(gateway, routing);
    for (const app of apps) await app.listen(0, '127.0.0.1');
    const baseUrl = await gateway.getUrl();
    const operator = new DelAuto({ baseUrl, credential: OPERATOR });
    const { apiKey } = await operator.createOrganization({ name: 'Acme', zone: 'America/Chicago' });
    shop = new DelAuto({ baseUrl, credential: apiKey });
  });

  afterAll(async () => {
    for (const app of apps) await app.close();
  });

  const tomorrow = (): { start: string; end: string } => {
    const start = Date.now() + DAY_MS;
    return { start: new Date(start).toISOString(), end: new Date(start + 7_200_000).toISOString() };
  };

  it('creates a delivery once, even if the order is sent several times', async () => {
    const window = tomorrow();
    const first = await createDelivery(shop, 'order-1', window);
    const again = await createDelivery(shop, 'order-1', window);
    expect(again.deliveryId).toBe(first.deliveryId);
    expect(await listReferences(shop)).toEqual(['order-1']);
  });

  it('cancels a delivery, also when repeated', async () => {
    const { deliveryId } = await createDelivery(shop, 'order-2', tomorrow());
    expect((await cancelDelivery(shop, deliveryId)).state).toBe('canceled');
    expect((await cancelDelivery(shop, deliveryId)).state).toBe('canceled');
  });

  it('receives a code that explains why a delivery is rejected', async () => {
    const past = { start: '2020-01-01T10:00:00Z', end: '2020-01-01T12:00:00Z' };
    const refused = await createDelivery(shop, 'order-0', past).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({ status: 422, code: 'window_invalid' });
  });

  it('iterates over all pages', async () => {
    for (const order of ['order-3', 'order-4']) await createDelivery(shop, order, tomorrow());
    const found: string[] = [];
    for await (const { reference } of shop.iterateDeliveries({ limit: 1 })) found.push(reference);
    expect(found).toEqual(['order-4', 'order-3', 'order-2', 'order-1']);
  });
});
