import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { GuardedProcess } from '#deploy/local/process/guarded-process.js';

const HOOKS = ['../servers/typescript-sources.ts', './decorated-sources.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * Runs a TypeScript program in its own process and restarts it whenever it exits, as an orchestrator would. The program
 * prints `ready` when it is ready.
 */
export class SupervisedProcess {
  /** How often the process exited without a call of `stop`. */
  exitCount = 0;
  private current: GuardedProcess | null = null;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private readonly output: string[] = [];

  private constructor(
    private readonly program: string,
    private readonly args: readonly string[],
  ) {}

  /** Resolves when the program is ready for the first time. */
  static async start(program: URL, args: readonly string[]): Promise<SupervisedProcess> {
    const supervised = new SupervisedProcess(fileURLToPath(program), args);
    await supervised.launch();
    return supervised;
  }

  /** Kills the process, like a crash. It is restarted. */
  kill9(): void {
    if (this.current) process.kill(this.current.pid, 'SIGKILL');
  }

  /** Ends the process gracefully, or with `SIGKILL`, without a restart. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.stopping = true;
    await this.running;
    if (!this.current) return;
    const { pid, exited } = this.current;
    process.kill(pid, signal);
    await exited;
  }

  /** The last lines of output, including a line for each exit, for the message of a failing test. */
  recentOutput(lines = 40): string {
    return this.output.slice(-lines).join('\n');
  }

  private async launch(): Promise<void> {
    const imports = HOOKS.flatMap((hook) => ['--import', hook]);
    const child = await GuardedProcess.start(
      process.execPath,
      ['--no-warnings', ...imports, this.program, ...this.args],
      {
        env: { PATH: process.env['PATH'] },
      },
    );
    this.current = child;
    const ready = this.follow(child);
    void child.exited.then(({ code, signal }) => {
      if (this.current === child) this.current = null;
      if (this.stopping) return;
      this.exitCount += 1;
      this.output.push(`ended with ${signal ?? code}`);
      this.running = this.launch();
      this.running.catch(() => undefined);
    });
    await ready;
  }

  private async follow({ child, exited }: GuardedProcess): Promise<void> {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.output.push(text));
    if (!child.stdout) throw new Error('The child has no output to follow.');
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => this.output.push(line));
    const ready = new Promise<true>((resolve) => lines.on('line', (line) => line === 'ready' && resolve(true)));
    const ended = exited.then(() => false);
    if (!(await Promise.race([ready, ended])) && this.exitCount === 0 && !this.stopping) {
      throw new Error(`${this.program} ended before it was ready:\n${this.output.join('\n')}`);
    }
  }
}
