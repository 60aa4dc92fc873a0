import { brokerOutage } from './broker-outage.js';
import { hostileInput } from './hostile-input.js';
import { hostileTransport } from './hostile-transport.js';
import { leaks } from './leaks.js';
import { predecessorVulnerabilities } from './predecessor-vulnerabilities.js';
import { Scene } from './scene.js';
import { sessions } from './sessions.js';
import { slowClients } from './slow-clients.js';
import { socketAbuse } from './socket-abuse.js';
import { tokenConfusion } from './token-confusion.js';

/** Attacks against the API: each is rejected with the right status, has no effect and leaks no data. */
describe('security', () => {
  let current: Scene | undefined;
  const scene = (): Scene => {
    if (!current) throw new Error('The scene is not open: beforeAll did not complete.');
    return current;
  };

  beforeAll(async () => {
    current = await Scene.open();
  }, 180_000);

  afterAll(async () => {
    await current?.product.close();
  }, 60_000);

  predecessorVulnerabilities(scene);
  tokenConfusion(scene);
  sessions(scene);
  hostileInput(scene);
  hostileTransport(scene);
  socketAbuse(scene);
  slowClients(scene);
  brokerOutage(scene);
  leaks(scene);
});
