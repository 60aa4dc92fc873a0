import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import webPush from 'web-push';
import { GuardedProcess } from '#deploy/local/process/guarded-process.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { CreateWebhookEndpointRpc, DeliveryRefused, WebhookSettled } from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';

/** Options of Node that load the app's TypeScript sources. */
const SOURCE_LOADER_OPTIONS = ['servers/typescript-sources.ts', 'processes/decorated-sources.ts'].flatMap((path) => [
  '--import',
  fileURLToPath(new URL(`../../../../libs/testing/${path}`, import.meta.url)),
]);
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

interface ReceivedWebhook {
  readonly headers: Record<string, string>;
  readonly body: string;
}

let partner: Server;
let mesh: MeshDouble;
let app: GuardedProcess | undefined;
let startApp: () => Promise<GuardedProcess>;
const receivedWebhooks: ReceivedWebhook[] = [];
let onWebhook: () => void = () => undefined;

describe('a crash while a webhook is sent', () => {
  beforeAll(async () => {
    partner = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        receivedWebhooks.push({
          headers: request.headers as Record<string, string>,
          body: Buffer.concat(chunks).toString(),
        });
        onWebhook();
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => partner.listen(0, '127.0.0.1', resolve));
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    const env = {
      PATH: process.env['PATH'],
      PORT: '0',
      LOG_LEVEL: 'error',
      MONGODB_URI: mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      PUSH: 'web-push',
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: privateKey,
      VAPID_SUBJECT: 'mailto:ops@delauto.example',
      WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
    };
    startApp = async () => {
      const appProcess = await GuardedProcess.start(
        process.execPath,
        ['--no-warnings', ...SOURCE_LOADER_OPTIONS, MAIN],
        { env },
      );
      // A full, unread pipe would block the process.
      appProcess.child.stdout?.resume();
      appProcess.child.stderr?.resume();
      return appProcess;
    };
    app = await startApp();
    mesh = await MeshDouble.open(nats.url, 'gateway');
  });

  afterAll(async () => {
    await mesh?.close();
    await app?.kill9();
    partner.closeAllConnections();
    await new Promise((resolve) => partner.close(resolve));
  });

  it('causes a second send with the same webhook id if the response was not recorded', async () => {
    const { port } = partner.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/hook`;
    const endpoint = await mesh.call(CreateWebhookEndpointRpc, { url }, { commandId: 'create-endpoint' });
    // Kills the app after the request and before the response, so that the app cannot record the result.
    onWebhook = () => {
      if (app) process.kill(app.pid, 'SIGKILL');
    };
    const payload = { deliveryId: 'dlv_1', reference: 'REF-1' };
    await mesh.publish(DeliveryRefused, { payload, aggregateId: 'dlv_1', sequence: 4 });
    await waitUntil(() => app?.running === false, { what: 'the app to exit' });
    expect(receivedWebhooks).toHaveLength(1);
    expect(await mesh.published(WebhookSettled)).toEqual([]);
    onWebhook = () => undefined;
    app = await startApp();
    const settledEvents = await waitUntil(
      async () => {
        const events = await mesh.published(WebhookSettled);
        return events.length > 0 ? events : undefined;
      },
      { what: 'the webhook to be settled' },
    );
    expect(settledEvents.map((event) => event.payload)).toMatchObject([
      { result: 'delivered', tries: 2, deliveryId: 'dlv_1' },
    ]);
    expect(receivedWebhooks).toHaveLength(2);
    expect(new Set(receivedWebhooks.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([settledEvents[0]?.aggregateId]),
    );
    for (const { body, headers } of receivedWebhooks)
      expect(() => new Webhook(endpoint.secret).verify(body, headers)).not.toThrow();
  });
});
