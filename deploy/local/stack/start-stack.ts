import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureModel, type ModelName } from '../fetch/models.js';
import { freePorts } from '../process/free-ports.js';
import { temporaryFolders } from '../process/watchdog.js';
import { SERVER_NAMES, startServers, type RunningServer, type ServerName } from '../servers/index.js';
import { AppError, AppProcess } from './app-process.js';
import { APP_NAMES, localEnvironment, type AppName, type EnvironmentInput } from './environment.js';
import { environmentFile, writeEnvironmentFile } from './environment-file.js';
import { LEVELS, renderLogLine, type Level } from './log-renderer.js';
import { secretsOf } from './secrets.js';

export interface StackOptions {
  /** Apps of this repository by name, or any script that answers `/health/ready` on `PORT`. Default: all seven apps. */
  readonly apps?: readonly (AppName | { readonly name: string; readonly script: string })[];
  /** Apps that the caller starts. Their environment lies in `<dataDir>/env/<app>.env`, and the other apps expect them. */
  readonly external?: readonly AppName[];
  readonly servers?: readonly ServerName[];
  /** Variables for all apps; they win over everything computed. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables for single apps, by app name. */
  readonly appEnv?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The environment to take server URLs and own settings from; default: this process's. */
  readonly callerEnv?: NodeJS.ProcessEnv;
  /** `pretty`: readable lines to `print`; `file`: only the raw lines in `<dataDir>/logs/<app>.log`, which are always written. */
  readonly log?: 'pretty' | 'file';
  /** Default: stdout. What is fetched or installed on this machine is told here, whatever `log` says. */
  readonly print?: (line: string) => void;
  readonly color?: boolean;
  /** Data of servers and apps, kept. Without it a temporary folder, removed at the end whatever ends this process. */
  readonly dataDir?: string;
  /** Start an app again that ended by itself; default true. */
  readonly revive?: boolean;
  /**
   * How often each app is started, the simulator excepted; default 1. The others are named `routing-2` and so on, have
   * the first one's environment and a port of their own: who talks to them chooses, or puts a proxy before them.
   */
  readonly replicas?: number;
  /** HTTP port of the gateway; default: a free one. */
  readonly gatewayPort?: number;
  /** How long an app may take to be ready, in ms. */
  readonly readyDeadlineMs?: number;
}

export interface Stack {
  readonly servers: ReadonlyMap<ServerName, RunningServer>;
  readonly apps: ReadonlyMap<string, AppProcess>;
  /** Environment of each app, by name. */
  readonly env: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dataDir: string;
  /** SIGTERM to the apps, SIGKILL after 10 s, then the servers. */
  stop(): Promise<void>;
}

const APP_GRACE_MS = 10_000;
/** They load the recogniser. */
const NEED_SPEECH_MODEL: ReadonlySet<string> = new Set(['transcription', 'simulator']);
const NEED_EMBEDDING_MODEL: ReadonlySet<string> = new Set(['transcription']);

/**
 * Starts servers and apps as processes of their own and resolves when every app is ready. If anything fails, all that
 * was started is stopped and the reason is thrown.
 * @throws ServerError, FetchError, AppError
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const print = options.print ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const narrate = options.log === 'file' ? (): void => undefined : print;
  const caller = options.callerEnv ?? process.env;
  const dataDir = await dataFolder(options.dataDir);
  const undo: (() => Promise<unknown>)[] = [];
  const stop = once(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });
  if (options.dataDir === undefined) undo.push(() => removeFolder(dataDir));
  try {
    const definitions = replicated(
      await Promise.all((options.apps ?? APP_NAMES).map(definitionOf)),
      options.replicas ?? 1,
    );
    const external = (options.external ?? []).map((name) => ({ name, app: name }));
    const supplied = [...definitions, ...external];
    const began = performance.now();
    narrate(`starting ${(options.servers ?? SERVER_NAMES).join(', ') || 'no servers'}`);
    const [servers, speechModelDir, embeddingModelDir] = await Promise.all([
      startServers(options.servers ?? SERVER_NAMES, { env: caller, dataDir, report: print }),
      model('moonshine-tiny-en', 'SPEECH_MODEL_DIR', NEED_SPEECH_MODEL, supplied, caller, print),
      model('minilm-l6-v2', 'EMBEDDING_MODEL_DIR', NEED_EMBEDDING_MODEL, supplied, caller, print),
    ]);
    undo.push(() => Promise.allSettled([...servers.values()].map((server) => server.stop())));
    for (const server of servers.values()) {
      narrate(
        `  ${server.name.padEnd(14)} ${server.version.padEnd(8)} by ${server.strategy}, ready after ${seconds(server.readyAfterMs)}`,
      );
    }

    const models = {
      ...(speechModelDir === undefined ? {} : { speechModelDir }),
      ...(embeddingModelDir === undefined ? {} : { embeddingModelDir }),
    };
    const env = await environments(supplied, servers, dataDir, models, options, caller);
    for (const { name } of external) await writeEnvironmentFile(environmentFile(dataDir, name), env[name] ?? {});
    const apps = new Map(
      definitions.map(({ name, script }) => [
        name,
        new AppProcess({
          name,
          script,
          environment: env[name] ?? {},
          logFile: join(dataDir, 'logs', `${name}.log`),
          onLine: lineSink(name, options, caller, print),
          revive: options.revive ?? true,
          onEvent: (text) => print(text),
        }),
      ]),
    );
    undo.push(() => Promise.all([...apps.values()].map((app) => app.stop(APP_GRACE_MS))));
    await startApps([...apps.values()], options.readyDeadlineMs ?? 60_000, narrate);
    narrate(`all ready after ${seconds(performance.now() - began)}`);
    return { servers, apps, env, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startApps(
  apps: readonly AppProcess[],
  deadlineMs: number,
  narrate: (line: string) => void,
): Promise<void> {
  const began = performance.now();
  const waiting = new Set(apps.map(({ name }) => name));
  const progress = setInterval(
    () => narrate(`  waiting for ${[...waiting].join(', ')} (${seconds(performance.now() - began)})`),
    5_000,
  );
  try {
    await Promise.all(
      apps.map(async (app) => {
        await app.start();
        await app.ready(deadlineMs);
        waiting.delete(app.name);
        narrate(`  ${app.name.padEnd(14)} ready after ${seconds(app.readyAfterMs ?? 0)} at ${app.url}`);
      }),
    );
  } finally {
    clearInterval(progress);
  }
}

/** Compiled apps lie where the build puts them, below the folder npm scripts run in. */
async function definitionOf(app: AppName | { readonly name: string; readonly script: string }): Promise<{
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

/** One process to start: an app, or a further replica of it under a name of its own. */
interface Definition {
  readonly name: string;
  readonly app: string;
  readonly script: string;
}

function replicated(
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

async function environments(
  definitions: readonly Omit<Definition, 'script'>[],
  servers: ReadonlyMap<ServerName, RunningServer>,
  dataDir: string,
  models: Pick<EnvironmentInput, 'speechModelDir' | 'embeddingModelDir'>,
  options: StackOptions,
  caller: NodeJS.ProcessEnv,
): Promise<Record<string, Record<string, string>>> {
  // Apps of this run and, as they are named in URLs, the others too.
  const names = [...new Set([...definitions.map(({ name }) => name), ...APP_NAMES])];
  const free = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, index) => [name, free[index] ?? 0]));
  if (options.gatewayPort !== undefined) ports['gateway'] = options.gatewayPort;
  const secrets = await secretsOf(dataDir);
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

/** The folder of a model: as the caller names it, else fetched where an app needs it. */
async function model(
  name: ModelName,
  variable: string,
  neededBy: ReadonlySet<string>,
  definitions: readonly { readonly name: string }[],
  caller: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<string | undefined> {
  const given = caller[variable];
  if (given !== undefined && given !== '') return given;
  const needed = definitions.some((app) => neededBy.has(app.name));
  return needed ? ensureModel(name, { report }) : undefined;
}

function lineSink(
  name: string,
  options: StackOptions,
  caller: NodeJS.ProcessEnv,
  print: (line: string) => void,
): (line: string) => void {
  if (options.log === 'file') return () => undefined;
  const named = options.env?.['LOG_LEVEL'] ?? caller['LOG_LEVEL'];
  const level = LEVELS.find((known): known is Level => known === named) ?? 'info';
  const rendering = { color: options.color ?? false, level };
  return (line) => {
    const rendered = renderLogLine(name, line, rendering);
    if (rendered !== undefined) print(rendered);
  };
}

async function dataFolder(given: string | undefined): Promise<string> {
  const folder = given === undefined ? await mkdtemp(join(tmpdir(), 'delauto-stack-')) : resolve(given);
  if (given === undefined) temporaryFolders.add(folder);
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

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
