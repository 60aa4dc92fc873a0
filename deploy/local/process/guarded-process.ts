import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { waitUntil } from './wait-until.js';
import { guardedGroups } from './watchdog.js';

let setprivWorks: boolean | undefined;

/** Whether util-linux's `setpriv --pdeathsig` can be used: Linux only, and busybox has a `setpriv` without it. */
function hasSetpriv(): boolean {
  setprivWorks ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return setprivWorks;
}

export interface GuardedOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Where stdout and stderr go, appended; without it they are pipes on `child`. */
  readonly logFile?: string;
  /**
   * `both` (default): the kernel kills the child at once when we die, and the watchdog kills its whole process group.
   * `watchdog` alone is what systems without `setpriv` get.
   */
  readonly guard?: 'both' | 'watchdog';
}

/**
 * A child process that cannot outlive this one. It leads its own process group: Ctrl-C in the terminal reaches only us,
 * and we stop it in order; and what it starts itself dies with it.
 */
export class GuardedProcess {
  readonly pid: number;
  /** Resolves with how it ended; never rejects. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #ended = false;

  private constructor(
    readonly child: ChildProcess,
    pid: number,
    private readonly logFile: string | undefined,
  ) {
    this.pid = pid;
    guardedGroups.add(pid);
    this.exited = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        this.#ended = true;
        // What it left behind in its group goes too, then the number may be reused by others.
        signalGroup(pid, 'SIGKILL');
        guardedGroups.remove(pid);
        resolve({ code, signal });
      }),
    );
  }

  /** Starts `command`; rejects with the system's error (for instance `ENOENT`) if it cannot be started. */
  static async start(command: string, args: readonly string[], options: GuardedOptions = {}): Promise<GuardedProcess> {
    // The kernel's signal follows the *thread* that forked, and a worker thread may end before its process.
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
    return !this.#ended;
  }

  /** The last lines of the log file, for error messages. */
  lastLines(count = 15): string {
    if (this.logFile === undefined) return '';
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  }

  /** Sends a signal to the process and all it has started. */
  signal(signal: NodeJS.Signals): void {
    if (this.running) signalGroup(this.pid, signal);
  }

  /** Sends SIGKILL to the process and all it has started, and waits until it is gone. */
  async kill9(): Promise<void> {
    if (this.running) signalGroup(this.pid, 'SIGKILL');
    await this.exited;
  }

  /** Asks with SIGTERM, waits `graceMs`, then kills. Returns whether it ended by itself. */
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
    // Nobody left in the group.
  }
}
