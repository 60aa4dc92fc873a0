import type { CoordinatorProcess } from './jest-global-setup.js';

/** Jest's `globalTeardown`: ends the coordinator and with it every server of the run. */
export default async function tearDown(): Promise<void> {
  const coordinator = (globalThis as { delautoTestServers?: CoordinatorProcess }).delautoTestServers;
  await coordinator?.end();
}
