import { placesAtRest } from '#libs/testing/at-rest.js';
import { CODE, type Scene } from './scene.js';

/** What no log may hold, whoever wrote it and however detailed it was asked to be. */
export function leaks(scene: () => Scene): void {
  describe('after all of it', () => {
    it('no secret that was used is in any app’s log, at its most detailed', async () => {
      const { door, secrets } = scene();
      const logs = await door.logs();
      expect(logs.length).toBeGreaterThan(10_000);
      const leaked = [...secrets].filter(([, secret]) => logs.includes(secret)).map(([name]) => name);
      expect(leaked).toEqual([]);
    });

    it('neither the customer’s words nor their code lie in any database or stream, nor in a log', async () => {
      const { door, lived } = scene();
      const mongoUri = door.variable('MONGODB_URI', 'routing');
      const prefix = new URL(mongoUri).pathname.slice(1);
      const disks = { mongoUri, prefix, natsUrl: door.variable('NATS_URL', 'routing') };
      // They are looked for where something is found: the delivery itself.
      expect((await placesAtRest(String(lived['deliveryId']), disks)).length).toBeGreaterThan(5);
      for (const text of [CODE.said, `"${CODE.understood}"`, `\0${CODE.understood}\0`]) {
        expect(await placesAtRest(text, disks)).toEqual([]);
      }
      const logs = await door.logs();
      expect(logs).not.toContain(CODE.said);
    });

    it('every line of every log is one JSON object: nobody has written a line of their own', async () => {
      const lines = (await scene().door.logs()).split('\n').filter((line) => line !== '');
      const strange = lines.filter((line) => !isObject(line));
      expect(strange.slice(0, 5)).toEqual([]);
    });

    it('no app has ended or started anew, and every one is ready', async () => {
      const { door } = scene();
      for (const app of door.stack.apps.values()) {
        expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
      }
      const started = (await door.logs()).match(/serves at http/g) ?? [];
      expect(started).toHaveLength(door.stack.apps.size);
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
