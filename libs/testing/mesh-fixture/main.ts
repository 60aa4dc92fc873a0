import { KitchenModule } from './kitchen.js';
import { ShopModule, type FixtureOptions } from './shop.js';
import { startInMesh } from './start.js';

/** Runs one app of the fixture in its own process: `main.ts shop|kitchen '<options as JSON>'`. Prints `ready`. */
const [name, options] = process.argv.slice(2);
if ((name !== 'shop' && name !== 'kitchen') || options === undefined)
  throw new Error("Usage: main.ts shop|kitchen '<options>'");

const fixtureOptions = JSON.parse(options) as FixtureOptions;
const app = await startInMesh((name === 'shop' ? ShopModule : KitchenModule).create(fixtureOptions));
app.enableShutdownHooks();
console.log('ready');
