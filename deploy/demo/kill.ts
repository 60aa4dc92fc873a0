import { APP_NAMES, type Stack } from '../local/stack/index.js';
import type { ServerName } from '../local/servers/index.js';

const SERVERS: Readonly<Record<string, ServerName>> = { nats: 'nats', redis: 'redis', mongodb: 'mongodb', s3: 's3' };
/** Time between the kill and the restart. */
const DOWNTIME_MS = 1_000;

/** All apps and servers except the simulator, because the checks read its ledger. */
export const listKillableNames = (): string[] => [
  ...APP_NAMES.filter((name) => name !== 'simulator'),
  ...Object.keys(SERVERS),
];

/**
 * Kills one app or server with `kill -9` and restarts it. Resolves when it is ready again.
 * @returns the downtime in milliseconds
 */
export async function killAndRestart(stack: Stack, name: string): Promise<number> {
  const server = SERVERS[name];
  const target = server === undefined ? stack.apps.get(name) : stack.servers.get(server);
  if (!target) throw new Error(`${name} is not running. Use one of: ${listKillableNames().join(', ')}.`);
  const began = performance.now();
  await target.kill9();
  await new Promise((resolve) => setTimeout(resolve, DOWNTIME_MS));
  await target.restart();
  return Math.round(performance.now() - began);
}
