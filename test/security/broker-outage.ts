import { SimulatorApi } from '#deploy/demo/simulator-api.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { RunningServer } from '#deploy/local/servers/index.js';
import { hoursFromNow } from '../front-door/organization-fixture.js';
import type { Scene } from './scene.js';

const DEADLINE_MS = 60_000;

/** Tests of the whole product while NATS and Redis are unavailable. */
export function brokerOutage(scene: () => Scene): void {
  describe('an outage of NATS and Redis during a call', () => {
    const forBoth = (act: (server: RunningServer) => Promise<void>): Promise<unknown> =>
      Promise.all(
        (['nats', 'redis'] as const).map((name) => act(scene().product.stack.servers.get(name) as RunningServer)),
      );

    /** @returns The HTTP status and the readiness status of the probe. */
    async function probe(app: string): Promise<string> {
      const response = await fetch(`${scene().product.urlOf(app)}/health/ready`);
      return `${response.status} ${((await response.json()) as { status: string }).status}`;
    }

    it('does not interrupt the call, every app stays ready, and the delivery is completed afterwards', async () => {
      const { product, own } = scene();
      const simulator = new SimulatorApi(product.urlOf('simulator'), DEADLINE_MS);
      const phone = own.phone();
      const listRings = async () => (await simulator.calls()).filter(({ to }) => to === phone);
      await simulator.setCustomers([{ phone, persona: 'speaks_instructions', zone: own.place.zone }]);
      const { customerId } = await own.requestAsAdmin('POST', '/v1/customers', own.customerInput(phone));
      const input = { ...own.deliveryInput(String(customerId), 3), decideBy: hoursFromNow(2) };
      const { deliveryId } = await own.requestAsAdmin('POST', '/v1/deliveries', input);
      await waitUntil(async () => (await listRings()).some(({ rangAt }) => rangAt !== null), {
        what: 'the customer’s phone to ring',
        deadlineMs: DEADLINE_MS,
        everyMs: 10,
      });

      await forBoth((server) => server.kill9());
      try {
        await waitUntil(async () => (await listRings()).every(({ endedAt }) => endedAt !== null), {
          what: 'the call to end',
          deadlineMs: DEADLINE_MS,
        });
        const apps = [...product.stack.apps.keys()].filter((app) => app !== 'simulator');
        await waitUntil(
          async () => (await Promise.all(apps.map(probe))).every((readiness) => readiness === '200 degraded'),
          {
            what: 'every app to be ready and degraded',
            deadlineMs: DEADLINE_MS,
          },
        );
        const rejectedRequest = await product.call('GET', `/v1/deliveries/${String(deliveryId)}`, { as: own.adminKey });
        expect([rejectedRequest.status, rejectedRequest.headers.get('retry-after')]).toEqual([503, '2']);
      } finally {
        await forBoth((server) => server.restart());
      }

      const delivery = await waitUntil(
        async () => {
          const { body } = await product.call('GET', `/v1/deliveries/${String(deliveryId)}`, { as: own.adminKey });
          return body['recordingId'] !== undefined && body['agentId'] !== undefined ? body : false;
        },
        { what: 'the delivery to be understood and assigned', deadlineMs: DEADLINE_MS, everyMs: 250 },
      );
      expect(delivery).toMatchObject({ attempts: 1 });
      expect((await listRings()).map(({ status }) => status)).toEqual(['completed']);
      await waitUntil(
        async () =>
          (await Promise.all([...product.stack.apps.keys()].map(probe))).every((readiness) => readiness === '200 ok'),
        { what: 'every app to report all dependencies up', deadlineMs: DEADLINE_MS },
      );
    }, 180_000);
  });
}
