import { APP_NAMES, type Stack } from '../local/stack/index.js';
import type { ServerName } from '../local/servers/index.js';

const SERVERS: Readonly<Record<string, ServerName>> = { nats: 'nats', redis: 'redis', mongodb: 'mongodb', s3: 's3' };
/** How long it stays dead before it is started again. */
const DEAD_MS = 1_000;

/** The simulator is the outside world: it is the witness and stays. */
export const killableNames = (): string[] => [
  ...APP_NAMES.filter((name) => name !== 'simulator'),
  ...Object.keys(SERVERS),
];

/** `kill -9` on one app or server, and its restart. Resolves when it serves again. @returns ms without it */
export async function killAndRestart(stack: Stack, name: string): Promise<number> {
  const server = SERVERS[name];
  const victim = server === undefined ? stack.apps.get(name) : stack.servers.get(server);
  if (!victim) throw new Error(`${name} is not running here; one of ${killableNames().join(', ')} is.`);
  const began = performance.now();
  await victim.kill9();
  await new Promise((resolve) => setTimeout(resolve, DEAD_MS));
  await victim.restart();
  return Math.round(performance.now() - began);
}
