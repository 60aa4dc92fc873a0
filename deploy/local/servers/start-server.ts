import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchPackage } from '../fetch/fetch-package.js';
import { findFreePorts } from '../process/free-ports.js';
import { waitUntil } from '../process/wait-until.js';
import { temporaryFolders } from '../process/watchdog.js';
import { CONTAINER_DATA, DockerRunner, isDockerAvailable } from './docker-runner.js';
import { checkProgram, findOnPath, requireVersion } from './find-program.js';
import { mongodb } from './mongodb.js';
import { nats } from './nats.js';
import { ProcessRunner, type Runner } from './process-runner.js';
import { redis } from './redis.js';
import { s3 } from './s3.js';
import {
  SERVER_NAMES,
  STRATEGIES,
  ServerError,
  type ServerLocation,
  type RunningServer,
  type ServerDefinition,
  type ServerName,
  type Strategy,
} from './server.js';
import { formatVersion, type Version } from './version.js';

export const DEFINITIONS: Readonly<Record<ServerName, ServerDefinition>> = { mongodb, nats, redis, s3 };

export interface StartServerOptions {
  /** Folder for data and logs, which is kept. Without it a temporary folder is created and removed with the server. */
  readonly dataDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The strategies to try, in this order. Default: those in `DELAUTO_SERVERS` (for example `path,cache`), else all. */
  readonly strategies?: readonly Strategy[];
  readonly report?: (line: string) => void;
  readonly cacheDir?: string;
  /** Maximum time until the server is ready, in milliseconds. */
  readonly deadlineMs?: number;
}

type FoundServer = { readonly runner: (location: ServerLocation) => Runner; readonly version?: Version };

/**
 * Finds a server by URL, in Docker, on the PATH or in the cache of fetched packages. Starts it unless it is given by
 * URL. Resolves when the server has been verified to work.
 * @throws ServerError `SERVER_TOO_OLD` or `SERVER_UNUSABLE` for a server given by URL, which is never silently
 *   replaced; `SERVER_NOT_FOUND` with the strategies tried and why each failed
 */
export async function startServer(name: ServerName, options: StartServerOptions = {}): Promise<RunningServer> {
  const definition = DEFINITIONS[name];
  const env = options.env ?? process.env;
  const failures: string[] = [];
  for (const strategy of options.strategies ?? strategiesFrom(env)) {
    if (strategy === 'url') {
      if (isSet(env[definition.urlVariable])) return useUrl(definition, env);
      continue;
    }
    try {
      const found = await find(strategy, definition, env, options);
      if (found) return await startOwned(definition, strategy, found, options);
      failures.push(`${strategy}: ${NOT_FOUND_REASONS[strategy](definition)}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      options.report?.(`${definition.title}, by ${strategy}: ${reason}`);
      failures.push(`${strategy}: ${reason}`);
    }
  }
  throw new ServerError(
    'SERVER_NOT_FOUND',
    `No ${definition.title} could be started. Set ${definition.urlVariable}, start Docker, or install it ` +
      `(${definition.installAdvice}). Tried:\n${failures.map((line) => `  - ${line}`).join('\n')}`,
  );
}

/** Starts several servers concurrently with {@link startServer}. If one fails, the others are stopped. */
export async function startServers(
  names: readonly ServerName[] = SERVER_NAMES,
  options: StartServerOptions = {},
): Promise<Map<ServerName, RunningServer>> {
  const results = await Promise.allSettled(names.map((name) => startServer(name, options)));
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await Promise.allSettled(started.map((server) => server.stop()));
    throw failed.reason;
  }
  return new Map(started.map((server) => [server.name, server]));
}

const NOT_FOUND_REASONS: Readonly<Record<Exclude<Strategy, 'url'>, (definition: ServerDefinition) => string>> = {
  docker: () => 'no container engine is available',
  path: ({ programs }) => `no ${programs.join(' or ')} on the PATH`,
  cache: () => 'no package is pinned',
};

async function find(
  strategy: Exclude<Strategy, 'url'>,
  definition: ServerDefinition,
  env: NodeJS.ProcessEnv,
  options: StartServerOptions,
): Promise<FoundServer | undefined> {
  const report = options.report ?? (() => undefined);
  const toFoundServer = async (path: string): Promise<FoundServer> => {
    const checked = await checkProgram(definition, path, report);
    return { version: checked.version, runner: (location) => new ProcessRunner(definition, checked.path, location) };
  };
  switch (strategy) {
    case 'docker':
      if (!(await isDockerAvailable(env))) return undefined;
      return {
        runner: (location) => new DockerRunner(definition, { ...location, bind: '0.0.0.0', dataDir: CONTAINER_DATA }),
      };
    case 'path': {
      const path = await findOnPath(definition.programs, env['PATH'] ?? '');
      return path === undefined ? undefined : toFoundServer(path);
    }
    case 'cache': {
      const folder = await fetchPackage(definition.pin, {
        report,
        ...(options.cacheDir === undefined ? {} : { cacheDir: options.cacheDir }),
      });
      return toFoundServer(join(folder, definition.pin.files[0]?.to ?? ''));
    }
  }
}

async function useUrl(definition: ServerDefinition, env: NodeJS.ProcessEnv): Promise<RunningServer> {
  const url = env[definition.urlVariable] ?? '';
  const maskedUrl = url.replace(/\/\/[^@/]*@/, '//***@');
  const began = performance.now();
  const version = await definition.checkReady(env, false).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServerError(
      'SERVER_UNUSABLE',
      `${definition.title} at ${definition.urlVariable}=${maskedUrl} is not usable: ${reason}`,
      {
        cause: error,
      },
    );
  });
  if (version) requireVersion(definition, version, `${definition.urlVariable}=${maskedUrl}`);
  const location: ServerLocation = { bind: '', ports: [0], dataDir: '', s3: S3_ACCOUNT };
  const environment: Record<string, string> = {};
  for (const variable of Object.keys(definition.environment(location, ''))) {
    const value = env[variable];
    if (value !== undefined) environment[variable] = value;
  }
  const rejectNotOwned = (): Promise<never> =>
    Promise.reject(
      new ServerError(
        'SERVER_NOT_OURS',
        `${definition.title} is given by ${definition.urlVariable}. A server given by URL cannot be killed or paused.`,
      ),
    );
  return {
    name: definition.name,
    strategy: 'url',
    url,
    environment,
    version: version ? formatVersion(version) : 'unknown',
    pid: undefined,
    logFile: undefined,
    readyAfterMs: performance.now() - began,
    stop: () => Promise.resolve(),
    kill9: rejectNotOwned,
    restart: rejectNotOwned,
    pause: rejectNotOwned,
    resume: rejectNotOwned,
  };
}

const S3_ACCOUNT = { accessKeyId: 'delauto', secretAccessKey: '', bucket: 'delauto' } as const;
/** Maximum number of starts with new ports, as another process may take a port between the check and the start. */
const MAX_PORT_ATTEMPTS = 3;

async function startOwned(
  definition: ServerDefinition,
  strategy: Strategy,
  found: FoundServer,
  options: StartServerOptions,
): Promise<RunningServer> {
  const began = performance.now();
  const isTemporary = options.dataDir === undefined;
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), `delauto-${definition.name}-`)));
  if (isTemporary) temporaryFolders.add(folder);
  await mkdir(folder, { recursive: true });
  const deadlineMs = options.deadlineMs ?? (strategy === 'docker' ? 180_000 : 30_000);
  const secretAccessKey = randomBytes(16).toString('hex');

  for (let attempt = 1; ; attempt += 1) {
    const [clientPort = 0, ...internalPorts] = await findFreePorts(definition.portCount);
    const location: ServerLocation = {
      bind: '127.0.0.1',
      ports: [clientPort, ...internalPorts],
      dataDir: join(folder, definition.name),
      s3: { ...S3_ACCOUNT, secretAccessKey },
    };
    const runner = found.runner(location);
    const ready = (): Promise<Version | 'unknown'> =>
      waitUntil(
        async () => (await definition.checkReady(definition.environment(location, runner.host), true)) ?? 'unknown',
        {
          what: `${definition.title} to be ready`,
          deadlineMs,
          giveUp: () => runner.assertRunning(),
        },
      );
    try {
      await runner.start();
      const reported = await ready();
      const version = found.version ?? (reported === 'unknown' ? undefined : reported);
      return toRunningServer(definition, strategy, location, runner, {
        version: version ? formatVersion(version) : 'unknown',
        readyAfterMs: performance.now() - began,
        ready,
        async afterStop() {
          if (!isTemporary) return;
          await rm(folder, { recursive: true, force: true });
          temporaryFolders.remove(folder);
        },
      });
    } catch (error) {
      await runner.stop();
      const hasExited = error instanceof ServerError && error.code === 'SERVER_DIED';
      if (!hasExited || attempt >= MAX_PORT_ATTEMPTS) throw error;
    }
  }
}

function toRunningServer(
  definition: ServerDefinition,
  strategy: Strategy,
  location: ServerLocation,
  runner: Runner,
  lifecycle: { version: string; readyAfterMs: number; ready: () => Promise<unknown>; afterStop: () => Promise<void> },
): RunningServer {
  const environment = definition.environment(location, runner.host);
  return {
    name: definition.name,
    strategy,
    url: environment[definition.urlVariable] ?? '',
    environment,
    version: lifecycle.version,
    get pid() {
      return runner.pid;
    },
    logFile: runner.logFile,
    readyAfterMs: lifecycle.readyAfterMs,
    async stop() {
      await runner.stop();
      await lifecycle.afterStop();
    },
    kill9: () => runner.kill9(),
    async restart() {
      await runner.start();
      await lifecycle.ready();
    },
    pause: () => runner.pause(),
    resume: () => runner.resume(),
  };
}

function strategiesFrom(env: NodeJS.ProcessEnv): readonly Strategy[] {
  const setting = env['DELAUTO_SERVERS'];
  if (!isSet(setting)) return STRATEGIES;
  const names = setting.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !STRATEGIES.some((strategy) => strategy === name));
  if (unknown !== undefined) {
    throw new ServerError(
      'SERVER_NOT_FOUND',
      `DELAUTO_SERVERS contains "${unknown}"; permitted are ${STRATEGIES.join(', ')}.`,
    );
  }
  return STRATEGIES.filter((strategy) => names.includes(strategy));
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
