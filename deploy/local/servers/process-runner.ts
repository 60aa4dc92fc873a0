import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GuardedProcess } from '../process/guarded-process.js';
import { ServerError, type ServerLocation, type ServerDefinition } from './server.js';

/** Starts and stops one server instance, repeatedly. */
export interface Runner {
  /** The host name for clients. */
  readonly host: string;
  readonly pid: number | undefined;
  readonly logFile: string | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill9(): Promise<void>;
  /** Freezes the server until {@link resume}. Its connections stay open. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** @throws ServerError `SERVER_DIED` with the end of the log, if the server is not running */
  assertRunning(): void;
}

/** Runs a server as a local process. Its log is next to its data folder. */
export class ProcessRunner implements Runner {
  readonly host = '127.0.0.1';
  readonly logFile: string;
  #process: GuardedProcess | undefined;

  constructor(
    private readonly definition: ServerDefinition,
    private readonly program: string,
    private readonly location: ServerLocation,
  ) {
    this.logFile = `${location.dataDir}.log`;
  }

  get pid(): number | undefined {
    return this.#process?.running ? this.#process.pid : undefined;
  }

  async start(): Promise<void> {
    if (this.#process?.running) return;
    const { dataDir } = this.location;
    const { args, env, files } = this.definition.launch(this.location);
    await mkdir(dataDir, { recursive: true });
    await Promise.all(
      (files ?? []).map(({ name, content }) => writeFile(join(dataDir, name), content, { mode: 0o600 })),
    );
    this.#process = await GuardedProcess.start(this.program, args, {
      cwd: dataDir,
      env: { ...process.env, ...env },
      logFile: this.logFile,
    });
  }

  async stop(): Promise<void> {
    await this.#process?.stop(this.definition.stopGraceMs);
    await this.definition.cleanUp?.(this.location);
  }

  async kill9(): Promise<void> {
    await this.#process?.kill9();
  }

  pause(): Promise<void> {
    this.#process?.signal('SIGSTOP');
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.#process?.signal('SIGCONT');
    return Promise.resolve();
  }

  assertRunning(): void {
    if (this.#process?.running) return;
    const { title } = this.definition;
    throw new ServerError(
      'SERVER_DIED',
      `${title} exited unexpectedly. The end of ${this.logFile}:\n${this.#process?.lastLines() ?? ''}`,
    );
  }
}
