import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from '../support/options.js';
import type { SeededRandom } from '../support/seeded-random.js';
import type { Victim, ChaosEnvironment } from './environment.js';

/** A fault that the seed determines before the run. */
export interface PlannedFault {
  /** Milliseconds after the start of the run. */
  readonly atMs: number;
  readonly kind: 'kill' | 'stop';
  /** One or two names of apps or servers. */
  readonly victims: readonly string[];
  /** How long the victims stay down or stopped. */
  readonly holdMs: number;
  /** Selects the replica, as a share of their number. */
  readonly replica: number;
}

const PAIR_SHARE = 0.2;
const DOWN_MS = [200, 3_000] as const;
const STOPPED_MS = [1_000, 8_000] as const;
/** Some work is in progress before the first fault. */
const FIRST_AFTER_MS = 3_000;

/** Plans faults at the times of a Poisson process. */
export function planFaults(
  random: SeededRandom,
  options: {
    readonly victims: readonly string[];
    readonly kinds: readonly FaultKind[];
    readonly everyMs: number;
    readonly durationMs: number;
  },
): PlannedFault[] {
  const { victims, kinds, everyMs, durationMs } = options;
  const singleKinds = kinds.filter((kind) => kind !== 'pair');
  if (victims.length === 0 || kinds.length === 0) return [];
  const faults: PlannedFault[] = [];
  for (let atMs = FIRST_AFTER_MS; ;) {
    atMs += -Math.log(1 - random.next()) * everyMs;
    if (atMs >= durationMs) return faults;
    const kind = random.pick(singleKinds.length === 0 ? (['kill'] as const) : singleKinds);
    const isPair = kinds.includes('pair') && victims.length > 1 && random.chance(PAIR_SHARE);
    faults.push({
      atMs: Math.round(atMs),
      kind,
      victims: random.shuffle(victims).slice(0, isPair ? 2 : 1),
      holdMs: Math.round(kind === 'kill' ? random.between(...DOWN_MS) : random.between(...STOPPED_MS)),
      replica: random.next(),
    });
  }
}

/** An applied fault or its end. */
export interface FaultRecord {
  readonly atMs: number;
  readonly text: string;
}

/** Runs planned faults, each in the background, and brings every process up again. */
export class FaultRunner {
  readonly log: FaultRecord[] = [];
  readonly #stopped = new Set<Victim>();
  readonly #restarting = new Map<Victim, Promise<void>>();
  #ended = false;

  constructor(
    private readonly environment: ChaosEnvironment,
    private readonly beganAt: number,
  ) {}

  /** Resolves when the last fault has ended and every process is ready again. */
  async run(faults: readonly PlannedFault[]): Promise<void> {
    const running: Promise<void>[] = [];
    for (const fault of faults) {
      await this.#waitUntil(fault.atMs);
      if (this.#ended) break;
      for (const victim of this.#selectVictims(fault)) running.push(this.#applyFault(fault, victim));
    }
    await Promise.allSettled(running);
    await this.#restartAll();
  }

  end(): void {
    this.#ended = true;
  }

  #selectVictims({ victims, replica }: PlannedFault): Victim[] {
    return victims.flatMap((name) => {
      const replicas = this.environment.victims.get(name) ?? [];
      const one = replicas[Math.floor(replica * replicas.length)];
      return one ? [one] : [];
    });
  }

  async #applyFault(fault: PlannedFault, victim: Victim): Promise<void> {
    const pid = victim.pid();
    // A process that is down or stopped already has a fault.
    if (pid === undefined || (fault.kind === 'stop' && this.#stopped.has(victim))) return;
    if (fault.kind === 'stop') {
      this.#stopped.add(victim);
      this.#note(`SIGSTOP ${victim.name} for ${seconds(fault.holdMs)}`);
      signal(pid, 'SIGSTOP');
      await sleep(fault.holdMs);
      signal(pid, 'SIGCONT');
      this.#stopped.delete(victim);
      return;
    }
    this.#note(`kill -9 ${victim.name}, down for ${seconds(fault.holdMs)}`);
    await victim.kill();
    await sleep(fault.holdMs);
    await this.#restart(victim);
  }

  /** Restarts a process once at a time. If it is killed again meanwhile, the next fault joins the running restart. */
  #restart(victim: Victim): Promise<void> {
    const restarting =
      this.#restarting.get(victim) ??
      victim
        .restart()
        .then(() => this.#note(`${victim.name} is ready again`))
        .catch((error: unknown) => {
          // A process that was killed again while it started is not reported.
          if (victim.pid() !== undefined) this.#note(`${victim.name} did not become ready: ${firstLine(error)}`);
        })
        .finally(() => this.#restarting.delete(victim));
    this.#restarting.set(victim, restarting);
    return restarting;
  }

  /** Restarts all processes that are down, including those that were killed while they started. */
  async #restartAll(): Promise<void> {
    const all = [...this.environment.victims.values()].flat();
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(all.filter((victim) => victim.pid() === undefined).map((victim) => this.#restart(victim)));
    }
  }

  async #waitUntil(atMs: number): Promise<void> {
    while (!this.#ended && Date.now() - this.beganAt < atMs) {
      await sleep(Math.min(200, Math.max(1, atMs - (Date.now() - this.beganAt))));
    }
  }

  #note(text: string): void {
    this.log.push({ atMs: Date.now() - this.beganAt, text });
  }
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // The process was killed in the meantime.
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
