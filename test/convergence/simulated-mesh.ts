import { contractRegistry, type AppName, type EventEnvelope } from '#libs/contracts/index.js';
import { Clock } from '#libs/clock/clock.js';
import { SimulatedCrash, type MemoryApp } from './memory/memory-app.js';
import type { Turbulence } from './turbulence.js';

/** The time until the broker redelivers an event that a crashed process was handling. */
const REDELIVERY_MS = 10_000;

/** A clock that only the simulation advances. */
export class SimulatedClock extends Clock {
  constructor(public ms: number) {
    super();
  }

  override now(): Date {
    return new Date(this.ms);
  }
}

interface PendingStep {
  readonly at: number;
  readonly order: number;
  readonly run: () => Promise<void>;
}

/**
 * The broker, the clock and all external facts, as one sequence of steps. The turbulence decides when and how often
 * each event arrives at each of its consumers, and where processes crash. Committed changes remain; other steps are
 * repeated.
 */
export class SimulatedMesh {
  private pending: PendingStep[] = [];
  private steps = 0;
  private turbulence: Turbulence;
  private observers: ((event: EventEnvelope) => void)[] = [];

  constructor(
    private readonly apps: ReadonlyMap<AppName, MemoryApp>,
    readonly clock: SimulatedClock,
    turbulence: Turbulence,
  ) {
    this.turbulence = turbulence;
  }

  /** Discards pending steps and observers, and continues with the given turbulence. */
  restart(turbulence: Turbulence, atMs: number): void {
    this.pending = [];
    this.observers = [];
    this.turbulence = turbulence;
    this.clock.ms = atMs;
  }

  /** Observes every event as it occurs, as external systems do without waiting for the broker. */
  observe(observer: (event: EventEnvelope) => void): void {
    this.observers.push(observer);
  }

  /** Delivers an event to every app that consumes it. */
  publish(event: EventEnvelope): void {
    for (const observer of this.observers) observer(event);
    for (const consumer of contractRegistry.event(event.subject)?.consumers ?? []) {
      const app = this.apps.get(consumer);
      if (!app?.handles(event.subject)) continue;
      for (const delayMs of this.turbulence.arrivals(event, consumer)) this.deliver(app, event, delayMs);
    }
  }

  /** Schedules an external fact. */
  after(delayMs: number, run: () => Promise<void> | void): void {
    this.at(this.clock.ms + delayMs, async () => run());
  }

  /** Runs until no step is left before `untilMs`. */
  async runUntil(untilMs: number): Promise<void> {
    for (;;) {
      const next = this.next();
      if (!next || next.at > untilMs) break;
      this.clock.ms = Math.max(this.clock.ms, next.at);
      await next.run();
    }
    this.clock.ms = Math.max(this.clock.ms, untilMs);
  }

  private deliver(app: MemoryApp, event: EventEnvelope, delayMs: number): void {
    this.after(delayMs, async () => {
      const crash = this.turbulence.crash();
      try {
        await app.handle(event, { crashes: crash === 'before_commit' });
      } catch (error) {
        if (!(error instanceof SimulatedCrash)) throw error;
      }
      if (crash !== undefined) this.deliver(app, event, REDELIVERY_MS);
    });
  }

  private next(): PendingStep | undefined {
    const [first] = this.pending;
    let next = first;
    for (const [name, app] of this.apps) {
      const work = name === 'routing' ? app.work.waiting()[0] : undefined;
      if (!work || (next && next.at <= work.dueAt.getTime())) continue;
      const run = (): Promise<void> =>
        app.perform(work._id, this.clock.now(), { crashes: this.turbulence.crash() !== undefined });
      next = { at: work.dueAt.getTime(), order: -1, run };
    }
    if (next === first) this.pending.shift();
    return next;
  }

  private at(at: number, run: () => Promise<void>): void {
    this.steps += 1;
    const step = { at, order: this.steps, run };
    const index = this.pending.findIndex((other) => other.at > at);
    if (index < 0) this.pending.push(step);
    else this.pending.splice(index, 0, step);
  }
}
