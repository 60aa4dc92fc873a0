import { findPlaintextAtRest } from '#libs/testing/at-rest.js';
import { ACCESS_CODE, type Scene } from './scene.js';

/** Text that no log may contain, whatever the log level. */
export function leaks(scene: () => Scene): void {
  describe('after all security tests', () => {
    it('no secret that was used is in any app’s log at the most detailed level', async () => {
      const { product, secrets } = scene();
      const logs = await product.logs();
      expect(logs.length).toBeGreaterThan(10_000);
      const leaked = [...secrets].filter(([, secret]) => logs.includes(secret)).map(([name]) => name);
      expect(leaked).toEqual([]);
    });

    it('neither the customer’s words nor the access code are in any database, stream or log', async () => {
      const { product, completedDelivery } = scene();
      const mongoUri = product.variable('MONGODB_URI', 'routing');
      const prefix = new URL(mongoUri).pathname.slice(1);
      const storage = { mongoUri, prefix, natsUrl: product.variable('NATS_URL', 'routing') };
      // First searches for a text that must be found: the delivery's id.
      expect((await findPlaintextAtRest(String(completedDelivery['deliveryId']), storage)).length).toBeGreaterThan(5);
      for (const text of [ACCESS_CODE.said, `"${ACCESS_CODE.understood}"`, `\0${ACCESS_CODE.understood}\0`]) {
        expect(await findPlaintextAtRest(text, storage)).toEqual([]);
      }
      const logs = await product.logs();
      expect(logs).not.toContain(ACCESS_CODE.said);
    });

    it('every line of every log is one JSON object, so that no one injected a line', async () => {
      const lines = (await scene().product.logs()).split('\n').filter((line) => line !== '');
      const invalidLines = lines.filter((line) => !isObject(line));
      expect(invalidLines.slice(0, 5)).toEqual([]);
    });

    it('no app has exited or restarted, and every app is ready', async () => {
      const { product } = scene();
      for (const app of product.stack.apps.values()) {
        expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
      }
      const started = (await product.logs()).match(/serves at http/g) ?? [];
      expect(started).toHaveLength(product.stack.apps.size);
    });
  });
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
