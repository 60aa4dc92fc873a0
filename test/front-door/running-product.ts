import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type mongoose from 'mongoose';
import { connectObserver } from '#libs/testing/servers/index.js';
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import { httpCall, type HttpResponse, type CallOptions } from './http-call.js';

export interface RunningProductOptions {
  /** Environment variables of the gateway alone. */
  readonly gateway?: Readonly<Record<string, string>>;
  readonly logLevel?: string;
  /** The transcript of every customer's recording. */
  readonly transcript?: string;
}

const TRANSCRIPT = 'yes no leave it on the back porch please yes';

/** Only external systems are accelerated, so that the tests run the production code paths. */
const FAST_SIMULATION: Readonly<Record<string, string>> = {
  SIMULATOR_TIME_SCALE: '30',
  SIMULATOR_GATHER: 'word-errors:0',
  RETRY_DROPPED_SECONDS: '5',
  CARRIER_TIMEOUT_MS: '3000',
  CARRIER_SETTLE_MS: '8000',
  CALL_WATCH_SECONDS: '4',
  RECORDING_SEARCH_SECONDS: '4',
};

/** These suites send more requests per minute than the limits allow; other tests cover the limits. */
const UNREACHABLE_LIMITS: Readonly<Record<string, string>> = {
  RATE_LIMIT_PER_MINUTE: '10000000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '10000000',
  RATE_LIMIT_SIGN_IN_PER_MINUTE: '10000000',
};

/** The whole product as separate processes: every app on real servers, with simulated external systems. */
export class RunningProduct {
  /** Connections by app, as promises, so that concurrent callers share one connection. */
  private readonly databases = new Map<string, Promise<mongoose.Connection>>();

  private constructor(
    readonly stack: Stack,
    private readonly folder: string,
  ) {}

  static async open(options: RunningProductOptions = {}): Promise<RunningProduct> {
    const { gateway = {}, logLevel = 'info', transcript = TRANSCRIPT } = options;
    const folder = await mkdtemp(join(tmpdir(), 'delauto-front-door-'));
    const transcripts = join(folder, 'transcripts');
    await mkdir(transcripts);
    await writeFile(join(transcripts, 'default.txt'), transcript);
    try {
      const stack = await startStack({
        log: 'file',
        print: () => undefined,
        dataDir: folder,
        callerEnv: useNewDatabase(process.env),
        env: { ...FAST_SIMULATION, LOG_LEVEL: logLevel },
        appEnv: {
          gateway: { ...UNREACHABLE_LIMITS, ...gateway },
          transcription: { SPEECH_TO_TEXT: 'replay', REPLAY_TRANSCRIPTS_DIR: transcripts },
        },
        readyDeadlineMs: 120_000,
      });
      return new RunningProduct(stack, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get url(): string {
    return this.urlOf('gateway');
  }

  get operatorKey(): string {
    return this.variable('OPERATOR_API_KEY');
  }

  urlOf(app: string): string {
    return this.stack.apps.get(app)?.url ?? '';
  }

  /** A variable of an app's environment. */
  variable(name: string, app = 'gateway'): string {
    const value = this.stack.env[app]?.[name];
    if (value === undefined) throw new Error(`${app} has no ${name}.`);
    return value;
  }

  call(method: string, path: string, options?: CallOptions): Promise<HttpResponse> {
    return httpCall(this.url, method, path, options);
  }

  /** The database that only this app writes to. */
  async database(app: string): Promise<mongoose.mongo.Db> {
    let opening = this.databases.get(app);
    if (!opening) {
      opening = connectObserver(this.variable('MONGODB_URI', app), app);
      this.databases.set(app, opening);
    }
    const { db } = await opening;
    if (!db) throw new Error(`No database of ${app}.`);
    return db;
  }

  /** The number of documents in each of these collections of these apps. */
  async counts(apps: readonly string[], collections: ReadonlySet<string>): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const app of apps) {
      const database = await this.database(app);
      for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
        if (collections.has(name)) counts[`${app}.${name}`] = await database.collection(name).countDocuments();
      }
    }
    return counts;
  }

  /**
   * A digest of each of these collections of these apps. Equal digests mean that nothing changed. Use {@link counts}
   * for collections that also change without requests.
   */
  async digests(apps: readonly string[], collections: ReadonlySet<string>): Promise<Record<string, string>> {
    const digests: Record<string, string> = {};
    for (const app of apps) {
      const result = await (await this.database(app)).command({ dbHash: 1 });
      for (const [name, digest] of Object.entries(result['collections'] as Record<string, string>)) {
        if (collections.has(name)) digests[`${app}.${name}`] = digest;
      }
    }
    return digests;
  }

  /** Everything that all apps have logged so far. */
  async logs(): Promise<string> {
    const folder = join(this.stack.dataDir, 'logs');
    const files = await readdir(folder);
    return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
  }

  async close(): Promise<void> {
    const connections = await Promise.allSettled(this.databases.values());
    for (const opened of connections) if (opened.status === 'fulfilled') await opened.value.close();
    await this.stack.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A database server given by URL is shared, so only databases under a new random name may be used. */
function useNewDatabase(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const sharedUri = env['MONGODB_URI'];
  if (sharedUri === undefined || sharedUri === '') return env;
  const uri = new URL(sharedUri);
  uri.pathname = `/t${randomBytes(6).toString('hex')}`;
  return { ...env, MONGODB_URI: uri.href };
}
