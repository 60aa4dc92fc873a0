import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureModel, type ModelName } from '../fetch/models.js';
import { findFreePorts } from '../process/free-ports.js';
import { temporaryFolders } from '../process/watchdog.js';
import { SERVER_NAMES, startServers, type RunningServer, type ServerName } from '../servers/index.js';
import { AppError, AppProcess } from './app-process.js';
import { APP_NAMES, localEnvironment, type AppName, type EnvironmentInput } from './environment.js';
import { environmentFile, writeEnvironmentFile } from './environment-file.js';
import { LEVELS, renderLogLine, type Level } from './log-renderer.js';
import { loadSecrets } from './secrets.js';

export interface StackOptions {
  /** Apps of this repository by name, or any script that serves `/health/ready` on `PORT`. Default: all seven apps. */
  readonly apps?: readonly (AppName | { readonly name: string; readonly script: string })[];
  /**
   * Apps that the caller starts itself. Their environment is in `<dataDir>/env/<app>.env`, and the other apps use them.
   */
  readonly external?: readonly AppName[];
  readonly servers?: readonly ServerName[];
  /** Variables for all apps. They override all computed ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables for single apps, by app name. */
  readonly appEnv?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The environment with server URLs and the caller's settings. Default: that of this process. */
  readonly callerEnv?: NodeJS.ProcessEnv;
  /** `pretty`: also print readable lines. `file`: only write raw lines to `<dataDir>/logs/<app>.log`. */
  readonly log?: 'pretty' | 'file';
  /** Default: stdout. Downloads and installations are always printed, independent of `log`. */
  readonly print?: (line: string) => void;
  readonly color?: boolean;
  /**
   * Folder for the data of servers and apps, which is kept. Without it a temporary folder is used and always removed.
   */
  readonly dataDir?: string;
  /** Whether to restart an app that exits unexpectedly. Default: true. */
  readonly restartsOnExit?: boolean;
  /**
   * The number of processes of each app except the simulator. Default: 1. Further replicas are named `routing-2` and so
   * on. They have the environment of the first and their own port; callers choose a replica or use a proxy.
   */
  readonly replicas?: number;
  /** HTTP port of the gateway. Default: a free port. */
  readonly gatewayPort?: number;
  /** Maximum time until an app is ready, in milliseconds. */
  readonly readyDeadlineMs?: number;
}

export interface Stack {
  readonly servers: ReadonlyMap<ServerName, RunningServer>;
  readonly apps: ReadonlyMap<string, AppProcess>;
  /** The environment of each app, by app name. */
  readonly env: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dataDir: string;
  /** Stops the apps (SIGTERM, and SIGKILL after 10 s) and then the servers. */
  stop(): Promise<void>;
}

const APP_GRACE_MS = 10_000;
/** Apps that load the speech recognizer. */
const APPS_WITH_SPEECH_MODEL: ReadonlySet<string> = new Set(['transcription', 'simulator']);
const APPS_WITH_EMBEDDING_MODEL: ReadonlySet<string> = new Set(['transcription']);

/**
 * Starts servers and apps in their own processes. Resolves when every app is ready. If anything fails, it stops
 * everything that was started.
 * @throws ServerError, FetchError or AppError
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const print = options.print ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const printProgress = options.log === 'file' ? (): void => undefined : print;
  const caller = options.callerEnv ?? process.env;
  const dataDir = await createDataFolder(options.dataDir);
  const cleanUpSteps: (() => Promise<unknown>)[] = [];
  const stop = once(async () => {
    for (const step of cleanUpSteps.splice(0).reverse()) await step();
  });
  if (options.dataDir === undefined) cleanUpSteps.push(() => removeFolder(dataDir));
  try {
    const definitions = toReplicas(
      await Promise.all((options.apps ?? APP_NAMES).map(toDefinition)),
      options.replicas ?? 1,
    );
    const external = (options.external ?? []).map((name) => ({ name, app: name }));
    const configuredApps = [...definitions, ...external];
    const began = performance.now();
    printProgress(`starting ${(options.servers ?? SERVER_NAMES).join(', ') || 'no servers'}`);
    const [servers, speechModelDir, embeddingModelDir] = await Promise.all([
      startServers(options.servers ?? SERVER_NAMES, { env: caller, dataDir, report: print }),
      findModel('moonshine-tiny-en', 'SPEECH_MODEL_DIR', APPS_WITH_SPEECH_MODEL, configuredApps, caller, print),
      findModel('minilm-l6-v2', 'EMBEDDING_MODEL_DIR', APPS_WITH_EMBEDDING_MODEL, configuredApps, caller, print),
    ]);
    cleanUpSteps.push(() => Promise.allSettled([...servers.values()].map((server) => server.stop())));
    for (const server of servers.values()) {
      printProgress(
        `  ${server.name.padEnd(14)} ${server.version.padEnd(8)} by ${server.strategy}, ready after ${toSeconds(server.readyAfterMs)}`,
      );
    }

    const models = {
      ...(speechModelDir === undefined ? {} : { speechModelDir }),
      ...(embeddingModelDir === undefined ? {} : { embeddingModelDir }),
    };
    const env = await createEnvironments(configuredApps, servers, dataDir, models, options, caller);
    for (const { name } of external) await writeEnvironmentFile(environmentFile(dataDir, name), env[name] ?? {});
    const apps = new Map(
      definitions.map(({ name, script }) => [
        name,
        new AppProcess({
          name,
          script,
          environment: env[name] ?? {},
          logFile: join(dataDir, 'logs', `${name}.log`),
          onLine: createLineSink(name, options, caller, print),
          restartsOnExit: options.restartsOnExit ?? true,
          onEvent: (text) => print(text),
        }),
      ]),
    );
    cleanUpSteps.push(() => Promise.all([...apps.values()].map((app) => app.stop(APP_GRACE_MS))));
    await startApps([...apps.values()], options.readyDeadlineMs ?? 120_000, printProgress);
    printProgress(`all ready after ${toSeconds(performance.now() - began)}`);
    return { servers, apps, env, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startApps(
  apps: readonly AppProcess[],
  deadlineMs: number,
  printProgress: (line: string) => void,
): Promise<void> {
  const began = performance.now();
  const waiting = new Set(apps.map(({ name }) => name));
  const progress = setInterval(
    () => printProgress(`  waiting for ${[...waiting].join(', ')} (${toSeconds(performance.now() - began)})`),
    5_000,
  );
  try {
    await Promise.all(
      apps.map(async (app) => {
        await app.start();
        await app.ready(deadlineMs);
        waiting.delete(app.name);
        printProgress(`  ${app.name.padEnd(14)} ready after ${toSeconds(app.readyAfterMs ?? 0)} at ${app.url}`);
      }),
    );
  } finally {
    clearInterval(progress);
  }
}

/** Finds the compiled app in `dist`, below the working directory of npm scripts. */
async function toDefinition(app: AppName | { readonly name: string; readonly script: string }): Promise<{
  readonly name: string;
  readonly script: string;
}> {
  if (typeof app !== 'string') return app;
  const script = resolve('dist', 'apps', app, 'src', 'main.js');
  await access(script).catch(() => {
    throw new AppError('APP_NOT_READY', `${app} is not built (${script} is missing). Run: npm run build`);
  });
  return { name: app, script };
}

/** One process to start: an app, or a further replica with its own name. */
interface Definition {
  readonly name: string;
  readonly app: string;
  readonly script: string;
}

function toReplicas(
  apps: readonly { readonly name: string; readonly script: string }[],
  replicas: number,
): Definition[] {
  return apps.flatMap(({ name, script }) => {
    const count = name === 'simulator' ? 1 : replicas;
    return Array.from({ length: count }, (_, index) => ({
      name: index === 0 ? name : `${name}-${index + 1}`,
      app: name,
      script,
    }));
  });
}

async function createEnvironments(
  definitions: readonly Omit<Definition, 'script'>[],
  servers: ReadonlyMap<ServerName, RunningServer>,
  dataDir: string,
  models: Pick<EnvironmentInput, 'speechModelDir' | 'embeddingModelDir'>,
  options: StackOptions,
  caller: NodeJS.ProcessEnv,
): Promise<Record<string, Record<string, string>>> {
  // Includes the apps that are not in this run, because URLs refer to them.
  const names = [...new Set([...definitions.map(({ name }) => name), ...APP_NAMES])];
  const freePorts = await findFreePorts(names.length);
  const ports = Object.fromEntries(names.map((name, index) => [name, freePorts[index] ?? 0]));
  if (options.gatewayPort !== undefined) ports['gateway'] = options.gatewayPort;
  const secrets = await loadSecrets(dataDir);
  return Object.fromEntries(
    definitions.map(({ name, app }) => [
      name,
      localEnvironment(app, {
        servers: Object.assign({}, ...[...servers.values()].map(({ environment }) => environment)) as Record<
          string,
          string
        >,
        ports: { ...ports, [app]: ports[name] ?? 0 },
        secrets,
        dataDir,
        ...models,
        caller,
        overrides: { ...options.env, ...options.appEnv?.[app] },
      }),
    ]),
  );
}

/** Returns the folder of a model: the one in the caller's environment, else a fetched one if an app needs it. */
async function findModel(
  name: ModelName,
  variable: string,
  neededBy: ReadonlySet<string>,
  definitions: readonly { readonly name: string }[],
  caller: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<string | undefined> {
  const configured = caller[variable];
  if (configured !== undefined && configured !== '') return configured;
  const isNeeded = definitions.some((app) => neededBy.has(app.name));
  return isNeeded ? ensureModel(name, { report }) : undefined;
}

function createLineSink(
  name: string,
  options: StackOptions,
  caller: NodeJS.ProcessEnv,
  print: (line: string) => void,
): (line: string) => void {
  if (options.log === 'file') return () => undefined;
  const configuredLevel = options.env?.['LOG_LEVEL'] ?? caller['LOG_LEVEL'];
  const level = LEVELS.find((known): known is Level => known === configuredLevel) ?? 'info';
  const rendering = { color: options.color ?? false, level };
  return (line) => {
    const rendered = renderLogLine(name, line, rendering);
    if (rendered !== undefined) print(rendered);
  };
}

async function createDataFolder(dataDir: string | undefined): Promise<string> {
  const folder = dataDir === undefined ? await mkdtemp(join(tmpdir(), 'delauto-stack-')) : resolve(dataDir);
  if (dataDir === undefined) temporaryFolders.add(folder);
  await mkdir(join(folder, 'logs'), { recursive: true });
  return folder;
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  temporaryFolders.remove(folder);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

function toSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
