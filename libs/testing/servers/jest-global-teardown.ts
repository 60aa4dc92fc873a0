import type { CoordinatorProcess } from './jest-global-setup.js';

/** Jest's `globalTeardown`: ends the coordinator and all servers of the run. */
export default async function tearDown(): Promise<void> {
  const coordinator = (globalThis as { delautoTestServers?: CoordinatorProcess }).delautoTestServers;
  await coordinator?.end();
}
