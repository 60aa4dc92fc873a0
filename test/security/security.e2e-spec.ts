import { hostileInput } from './hostile-input.js';
import { hostileTransport } from './hostile-transport.js';
import { leaks } from './leaks.js';
import { predecessorHoles } from './predecessor-holes.js';
import { Scene } from './scene.js';
import { tokenConfusion } from './token-confusion.js';

/** What the front door refuses: each refusal with its status, nothing changed by it, nothing leaked. */
describe('security', () => {
  let current: Scene | undefined;
  const scene = (): Scene => {
    if (!current) throw new Error('The scene is not set.');
    return current;
  };

  beforeAll(async () => {
    current = await Scene.open();
  }, 180_000);

  afterAll(async () => {
    await current?.door.close();
  }, 60_000);

  predecessorHoles(scene);
  tokenConfusion(scene);
  hostileInput(scene);
  hostileTransport(scene);
  leaks(scene);
});
