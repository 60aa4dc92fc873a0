import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GuardedProcess } from '../process/guarded-process.js';
import { waitUntil } from '../process/wait-until.js';

const run = promisify(execFile);

/** An app did not start or did not become ready. The message ends with the last lines of its log. */
export class AppError extends Error {
  constructor(
    readonly code: 'APP_ENDED' | 'APP_NOT_READY',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AppError';
  }
}

export interface AppSettings {
  readonly name: string;
  /** The compiled `main.js`. */
  readonly script: string;
  /** The complete environment of the app. `PORT` is the port of `/health/ready`. */
  readonly environment: Readonly<Record<string, string>>;
  /** The file to which raw log lines are appended. */
  readonly logFile: string;
  readonly onLine: (line: string) => void;
  /** Whether the app is restarted when it exits unexpectedly. */
  readonly restartsOnExit: boolean;
  readonly onEvent: (text: string) => void;
}

/** The number of recent log lines to report when an app exits. */
const LAST_LINES = 20;
/** Exit status for an invalid environment (`EX_CONFIG` in sysexits.h), after which a restart is pointless. */
const EXIT_CONFIGURATION = 78;
const MIN_BACK_OFF_MS = 500;
const MAX_BACK_OFF_MS = 30_000;

/**
 * Returns the delay before a restart, in milliseconds.
 * @param unexpectedExits unexpected exits since the app was last ready, starting at 1
 */
export function backOffMs(unexpectedExits: number): number {
  return Math.min(MAX_BACK_OFF_MS, MIN_BACK_OFF_MS * 2 ** Math.max(0, unexpectedExits - 1));
}

/** One app in its own process. */
export class AppProcess {
  readonly name: string;
  readonly url: string;
  /** Time from the latest start until the app was ready, in milliseconds. */
  readyAfterMs: number | undefined;
  #process: GuardedProcess | undefined;
  #startedAt = 0;
  #unexpectedExits = 0;
  #shouldRun = false;
  #restartTimer: NodeJS.Timeout | undefined;
  #lastLines: string[] = [];
  readonly #log: WriteStream;

  constructor(private readonly settings: AppSettings) {
    this.name = settings.name;
    this.url = `http://127.0.0.1:${settings.environment['PORT'] ?? ''}`;
    this.#log = createWriteStream(settings.logFile, { flags: 'a' });
    this.#log.on('error', (error) => settings.onEvent(`Cannot write the log of ${this.name}: ${error.message}`));
  }

  get pid(): number | undefined {
    return this.#process?.running ? this.#process.pid : undefined;
  }

  /** Starts the process. Use {@link ready} to wait until it is ready. */
  async start(): Promise<void> {
    clearTimeout(this.#restartTimer);
    if (this.#process?.running) return;
    this.#shouldRun = true;
    this.#lastLines = [];
    this.readyAfterMs = undefined;
    this.#startedAt = performance.now();
    const startedProcess = await GuardedProcess.start(
      process.execPath,
      ['--enable-source-maps', this.settings.script],
      {
        env: { ...this.settings.environment },
      },
    );
    this.#process = startedProcess;
    for (const stream of [startedProcess.child.stdout, startedProcess.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#onLine(line));
    }
    void startedProcess.exited.then(({ code, signal }) => this.#onExit(startedProcess, code, signal));
  }

  /**
   * Resolves when `GET /health/ready` responds with status 200.
   * @throws AppError `APP_ENDED` or `APP_NOT_READY`
   */
  async ready(deadlineMs = 120_000): Promise<void> {
    const isReady = async (): Promise<boolean> => {
      const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      const body = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${body.slice(0, 300)}`);
      return true;
    };
    const throwIfExited = (): void => {
      if (this.pid === undefined && this.#restartTimer === undefined) {
        throw new AppError('APP_ENDED', `${this.name} exited before it was ready.\n${this.lastLines()}`);
      }
    };
    try {
      await waitUntil(isReady, { what: `${this.name} to be ready`, deadlineMs, giveUp: throwIfExited });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('APP_NOT_READY', `${(error as Error).message}\n${this.lastLines()}`, { cause: error });
    }
    this.readyAfterMs ??= performance.now() - this.#startedAt;
    this.#unexpectedExits = 0;
  }

  /** Kills the process, like a crash. It stays down until {@link restart}. */
  async kill9(): Promise<void> {
    this.#shouldRun = false;
    clearTimeout(this.#restartTimer);
    this.#restartTimer = undefined;
    await this.#process?.kill9();
  }

  /** Stops the process if it runs and starts it on the same port. Resolves when it is ready. */
  async restart(): Promise<void> {
    await this.stop(10_000);
    await this.start();
    await this.ready();
  }

  /**
   * Sends SIGTERM, and SIGKILL after `graceMs`.
   * @returns whether the process exited after SIGTERM
   */
  async stop(graceMs: number): Promise<boolean> {
    this.#shouldRun = false;
    clearTimeout(this.#restartTimer);
    this.#restartTimer = undefined;
    return (await this.#process?.stop(graceMs)) ?? true;
  }

  lastLines(): string {
    return this.#lastLines.join('\n');
  }

  /** Resident memory in MiB; `undefined` when the process is not running. */
  async residentMiB(): Promise<number | undefined> {
    const { pid } = this;
    if (pid === undefined) return undefined;
    if (process.platform === 'linux') {
      const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return Number(kib) / 1024;
    }
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) / 1024;
  }

  #onLine(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > LAST_LINES) this.#lastLines.shift();
    this.#log.write(`${line}\n`);
    this.settings.onLine(line);
  }

  #onExit(exitedProcess: GuardedProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#process !== exitedProcess || !this.#shouldRun) return;
    this.#unexpectedExits += 1;
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
    const willRestart = this.settings.restartsOnExit && code !== EXIT_CONFIGURATION;
    const delayMs = backOffMs(this.#unexpectedExits);
    const next = willRestart ? `restarting in ${(delayMs / 1000).toFixed(1)} s` : 'not restarting';
    this.settings.onEvent(`${this.name} exited unexpectedly (${how}); ${next}. Last log lines:\n${this.lastLines()}`);
    if (!willRestart) return;
    this.#restartTimer = setTimeout(() => {
      this.#restartTimer = undefined;
      this.start().then(
        () => this.ready().catch(() => undefined),
        (error: unknown) => this.settings.onEvent(`Cannot start ${this.name}: ${String(error)}`),
      );
    }, delayMs);
  }
}
