import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GuardedProcess } from '../process/guarded-process.js';
import { waitUntil } from '../process/wait-until.js';

const run = promisify(execFile);

/** An app that did not start or did not get ready; the message ends with its last lines. */
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
  /** Its whole environment; `PORT` is where it answers `/health/ready`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Raw log lines are appended here. */
  readonly logFile: string;
  readonly onLine: (line: string) => void;
  /** Whether it is started again when it ends by itself. */
  readonly revive: boolean;
  readonly onEvent: (text: string) => void;
}

/** How much of what an app said last is kept for the message about its end. */
const LAST_LINES = 20;
/** Exit status for a wrong environment (EX_CONFIG of sysexits.h): starting again does not help. */
const EXIT_CONFIGURATION = 78;
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;

/** How long to wait before the `deaths`-th restart in a row, in ms. */
export function backOffMs(deaths: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.max(0, deaths - 1));
}

/** One app as a process of its own. */
export class AppProcess {
  readonly name: string;
  readonly url: string;
  /** From start to the first ready answer of the latest start, in ms. */
  readyAfterMs: number | undefined;
  #process: GuardedProcess | undefined;
  #startedAt = 0;
  #deaths = 0;
  #wanted = false;
  #revival: NodeJS.Timeout | undefined;
  #last: string[] = [];
  readonly #log: WriteStream;

  constructor(private readonly settings: AppSettings) {
    this.name = settings.name;
    this.url = `http://127.0.0.1:${settings.environment['PORT'] ?? ''}`;
    this.#log = createWriteStream(settings.logFile, { flags: 'a' });
    this.#log.on('error', (error) => settings.onEvent(`${this.name}: its log cannot be written: ${error.message}`));
  }

  get pid(): number | undefined {
    return this.#process?.running ? this.#process.pid : undefined;
  }

  /** Starts the process; {@link ready} tells when it serves. */
  async start(): Promise<void> {
    clearTimeout(this.#revival);
    if (this.#process?.running) return;
    this.#wanted = true;
    this.#last = [];
    this.readyAfterMs = undefined;
    this.#startedAt = performance.now();
    const started = await GuardedProcess.start(process.execPath, ['--enable-source-maps', this.settings.script], {
      env: { ...this.settings.environment },
    });
    this.#process = started;
    for (const stream of [started.child.stdout, started.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#heard(line));
    }
    void started.exited.then(({ code, signal }) => this.#ended(started, code, signal));
  }

  /**
   * Resolves when `GET /health/ready` answers 200.
   * @throws AppError `APP_ENDED` or `APP_NOT_READY`
   */
  async ready(deadlineMs = 60_000): Promise<void> {
    const answers = async (): Promise<boolean> => {
      const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      const body = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${body.slice(0, 300)}`);
      return true;
    };
    const ended = (): void => {
      if (this.pid === undefined && this.#revival === undefined) {
        throw new AppError('APP_ENDED', `${this.name} ended before it was ready.\n${this.lastLines()}`);
      }
    };
    try {
      await waitUntil(answers, { what: `${this.name} to be ready`, deadlineMs, giveUp: ended });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('APP_NOT_READY', `${(error as Error).message}\n${this.lastLines()}`, { cause: error });
    }
    this.readyAfterMs ??= performance.now() - this.#startedAt;
    this.#deaths = 0;
  }

  /** Kills it as a crash would; it stays down until {@link restart}. */
  async kill9(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#revival);
    this.#revival = undefined;
    await this.#process?.kill9();
  }

  /** Ends it if it runs, starts it on the same port, and resolves when it is ready. */
  async restart(): Promise<void> {
    await this.stop(10_000);
    await this.start();
    await this.ready();
  }

  /** SIGTERM, and SIGKILL after `graceMs`. Returns whether it ended by itself. */
  async stop(graceMs: number): Promise<boolean> {
    this.#wanted = false;
    clearTimeout(this.#revival);
    this.#revival = undefined;
    return (await this.#process?.stop(graceMs)) ?? true;
  }

  lastLines(): string {
    return this.#last.join('\n');
  }

  /** Resident memory in MiB; `undefined` when it is not running. */
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

  #heard(line: string): void {
    this.#last.push(line);
    if (this.#last.length > LAST_LINES) this.#last.shift();
    this.#log.write(`${line}\n`);
    this.settings.onLine(line);
  }

  #ended(ended: GuardedProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#process !== ended || !this.#wanted) return;
    this.#deaths += 1;
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
    const revive = this.settings.revive && code !== EXIT_CONFIGURATION;
    const wait = backOffMs(this.#deaths);
    const next = revive ? `starting it again in ${(wait / 1000).toFixed(1)} s` : 'it stays down';
    this.settings.onEvent(`${this.name} ended by itself (${how}); ${next}. Its last lines:\n${this.lastLines()}`);
    if (!revive) return;
    this.#revival = setTimeout(() => {
      this.#revival = undefined;
      this.start().then(
        () => this.ready().catch(() => undefined),
        (error: unknown) => this.settings.onEvent(`${this.name} cannot be started: ${String(error)}`),
      );
    }, wait);
  }
}
