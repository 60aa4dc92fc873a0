import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The only import from the product. It starts processes and contains none of the product's logic.
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import { SERVERS } from '../support/options.js';
import { acceleratedEnvironment } from './accelerated-environment.js';
import { startProxy } from './round-robin-proxy.js';

/** A process that a fault may hit. */
export interface Victim {
  readonly name: string;
  /** Undefined while it does not run. */
  readonly pid: () => number | undefined;
  /** `kill -9`; resolves when the process has exited. */
  readonly kill: () => Promise<void>;
  /** Starts it again. Resolves when it is ready; rejects if it does not become ready. */
  readonly restart: () => Promise<void>;
}

export interface ChaosEnvironment {
  /** The proxy in front of all replicas. */
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly operatorKey: string;
  /** The product's phone number that calls customers. */
  readonly ownNumber: string;
  readonly ledgerFile: string;
  readonly dataDir: string;
  /** By their name on the command line; an entry contains all replicas of an app. */
  readonly victims: ReadonlyMap<string, readonly Victim[]>;
  stop(): Promise<void>;
  /** Removes data and logs. */
  deleteData(): Promise<void>;
}

/**
 * Starts servers, apps and simulated external systems, with a proxy in front of the gateways and one in front of
 * telephony's webhooks.
 */
export async function startChaosEnvironment(options: {
  readonly replicas: number;
  readonly speed: number;
  readonly print: (line: string) => void;
}): Promise<ChaosEnvironment> {
  const dataDir = await mkdtemp(join(tmpdir(), 'delauto-chaos-'));
  let stack: Stack | undefined;
  const listPorts = (app: string): readonly number[] =>
    [...(stack?.apps.values() ?? [])]
      .filter(({ name }) => toAppName(name) === app)
      .map(({ url }) => Number(new URL(url).port));
  const gateway = await startProxy(() => listPorts('gateway'));
  const telephony = await startProxy(() => listPorts('telephony'));
  const closeProxies = async (): Promise<void> => void (await Promise.all([gateway.close(), telephony.close()]));
  try {
    stack = await startStack({
      dataDir,
      log: 'file',
      print: options.print,
      replicas: options.replicas,
      ...acceleratedEnvironment({ speed: options.speed, telephonyUrl: telephony.url }),
    });
  } catch (error) {
    await closeProxies();
    throw error;
  }
  const running = stack;
  const simulator = running.env['simulator'] ?? {};
  return {
    gatewayUrl: gateway.url,
    simulatorUrl: running.apps.get('simulator')?.url ?? '',
    operatorKey: running.env['gateway']?.['OPERATOR_API_KEY'] ?? '',
    ownNumber: running.env['telephony']?.['TWILIO_PHONE_NUMBER'] ?? '',
    ledgerFile: simulator['SIMULATOR_LEDGER_FILE'] ?? '',
    dataDir,
    victims: toVictims(running),
    async stop() {
      await running.stop();
      await closeProxies();
    },
    deleteData: () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** `routing-2` is a replica of `routing`. */
const toAppName = (process: string): string => process.replace(/-\d+$/, '');

/** The simulator provides evidence, so faults never hit it. */
function toVictims(stack: Stack): Map<string, readonly Victim[]> {
  const victims = new Map<string, Victim[]>();
  const add = (group: string, victim: Victim): void => void victims.set(group, [...(victims.get(group) ?? []), victim]);
  for (const app of stack.apps.values()) {
    if (app.name === 'simulator') continue;
    add(toAppName(app.name), {
      name: app.name,
      pid: () => app.pid,
      kill: () => app.kill9(),
      async restart() {
        await app.start();
        await app.ready();
      },
    });
  }
  for (const server of stack.servers.values()) {
    const group = SERVERS.find((name) => server.name.startsWith(name)) ?? server.name;
    add(group, {
      name: group,
      pid: () => server.pid,
      kill: () => server.kill9(),
      restart: () => server.restart(),
    });
  }
  return victims;
}
