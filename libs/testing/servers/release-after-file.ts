import { releaseTestServers } from './test-servers.js';

// Vitest's `setupFiles` run before each spec, also where specs share modules. Hooks run in reverse order, so this one runs after
// those of the spec itself.
afterAll(releaseTestServers);
