import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { waitUntil } from './wait-until.js';
import { guardedGroups } from './watchdog.js';

let setprivWorks: boolean | undefined;

/**
 * Whether `setpriv --pdeathsig` of util-linux is available. It is Linux-only, and the `setpriv` of busybox lacks the
 * option.
 */
function hasSetpriv(): boolean {
  setprivWorks ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return setprivWorks;
}

export interface GuardedOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** File to which stdout and stderr are appended. Without it they are pipes on `child`. */
  readonly logFile?: string;
  /**
   * `both` (default): when this process dies, the kernel kills the child at once, and the watchdog kills its process
   * group. `watchdog`: only the watchdog, as on systems without `setpriv`.
   */
  readonly guard?: 'both' | 'watchdog';
}

/**
 * A child process that cannot outlive this one. It leads its own process group, so that Ctrl-C reaches only this
 * process, which stops the child gracefully, and so that the child's own processes are killed with it.
 */
export class GuardedProcess {
  readonly pid: number;
  /** Resolves with the exit code or signal when the process ends. Never rejects. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #hasEnded = false;

  private constructor(
    readonly child: ChildProcess,
    pid: number,
    private readonly logFile: string | undefined,
  ) {
    this.pid = pid;
    guardedGroups.add(pid);
    this.exited = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        this.#hasEnded = true;
        // Kills the remaining processes of the group. Afterwards the system may reuse the id.
        signalGroup(pid, 'SIGKILL');
        guardedGroups.remove(pid);
        resolve({ code, signal });
      }),
    );
  }

  /**
   * Starts `command`.
   * @throws the system's error, for example `ENOENT`, if it cannot be started
   */
  static async start(command: string, args: readonly string[], options: GuardedOptions = {}): Promise<GuardedProcess> {
    // The kernel sends the signal when the forking thread ends, so `setpriv` is used only in the main thread: a worker
    // thread may end before its process.
    const usesSetpriv = options.guard !== 'watchdog' && isMainThread && hasSetpriv();
    const [program, programArgs] = usesSetpriv
      ? ['setpriv', ['--pdeathsig', 'KILL', '--', command, ...args]]
      : [command, [...args]];
    const log = options.logFile === undefined ? undefined : openSync(options.logFile, 'a');
    try {
      const child = spawn(program, programArgs, {
        cwd: options.cwd,
        env: options.env,
        detached: true,
        stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
      });
      const { pid } = child;
      if (pid === undefined) {
        throw await new Promise<Error>((resolve) => child.once('error', resolve));
      }
      child.on('error', () => undefined);
      return new GuardedProcess(child, pid, options.logFile);
    } finally {
      if (log !== undefined) closeSync(log);
    }
  }

  get running(): boolean {
    return !this.#hasEnded;
  }

  /** The last lines of the log file, for error messages. */
  lastLines(count = 15): string {
    if (this.logFile === undefined) return '';
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  }

  /** Sends a signal to the process and all processes that it started. */
  signal(signal: NodeJS.Signals): void {
    if (this.running) signalGroup(this.pid, signal);
  }

  /** Sends SIGKILL to the process and all processes that it started, and waits until it has exited. */
  async kill9(): Promise<void> {
    if (this.running) signalGroup(this.pid, 'SIGKILL');
    await this.exited;
  }

  /**
   * Sends SIGTERM, waits up to `graceMs`, then sends SIGKILL.
   * @returns whether the process exited after SIGTERM
   */
  async stop(graceMs: number): Promise<boolean> {
    if (this.running) this.child.kill('SIGTERM');
    const ended = await waitUntil(() => !this.running, {
      what: 'a process to end',
      deadlineMs: graceMs,
      everyMs: 20,
    }).catch(() => false);
    if (!ended) await this.kill9();
    return ended;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has no processes left.
  }
}
