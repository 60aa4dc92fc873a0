import type { DocumentSource } from './call-request.js';

/** Interrupts the current activity of a call. */
export type Interruption =
  | { readonly kind: 'hang-up'; readonly by: 'customer' | 'application' | 'carrier' }
  | { readonly kind: 'redirect'; readonly document: DocumentSource };

/** Thrown by a wait when the call is interrupted. */
export class CallInterrupted extends Error {
  override readonly name = 'CallInterrupted';

  constructor(readonly interruption: Interruption) {
    super(interruption.kind);
  }
}

/**
 * The simulated time of a call. Speech and silence advance it by their simulated length, independently of the time
 * scale; webhooks and recognition advance it by the real time that they take. A call's recording is therefore the same
 * at every scale.
 */
export class CallClock {
  private elapsed = 0;
  private interruption: Interruption | undefined;
  private wake: (() => void) | undefined;
  private limitMs = Infinity;
  private alarms: { readonly atMs: number; readonly ring: () => void }[] = [];

  constructor(private readonly scale: number) {}

  /** Simulated ms since the clock was created, or since `restart` (at the answer). */
  get elapsedMs(): number {
    return this.elapsed;
  }

  /** Restarts at 0. The carrier ends the call after `limitMs`. */
  restart(limitMs: number): void {
    this.elapsed = 0;
    this.limitMs = limitMs;
  }

  /** Resolves when the call's time reaches `atMs`. Never resolves if the call ends earlier. */
  waitUntil(atMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.alarms.push({ atMs, ring: resolve });
      this.ringAlarms();
    });
  }

  /**
   * Lets simulated time pass.
   * @throws CallInterrupted if the call is interrupted meanwhile or exceeds its time limit
   */
  async wait(simulatedMs: number): Promise<void> {
    this.check();
    const endMs = this.elapsed + simulatedMs;
    while (this.elapsed < endMs) {
      const nextAlarm = this.alarms.reduce((earliest, { atMs }) => Math.min(earliest, atMs), Infinity);
      await this.sleepUntil(Math.min(endMs, nextAlarm, this.limitMs));
      this.ringAlarms();
      if (this.elapsed >= this.limitMs) this.interrupt({ kind: 'hang-up', by: 'carrier' });
      this.check();
    }
  }

  /**
   * Awaits real work, such as a webhook, and advances the clock by the real time that it took.
   * @throws CallInterrupted if the call was interrupted meanwhile; rethrows what the work throws
   */
  async countRealTime<T>(work: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await work;
    } finally {
      this.elapsed += performance.now() - startedAt;
      this.ringAlarms();
    }
  }

  /** Interrupts the call. A hang-up takes precedence over a redirect. */
  interrupt(interruption: Interruption): void {
    if (this.interruption?.kind !== 'hang-up') this.interruption = interruption;
    this.wake?.();
  }

  /** @throws CallInterrupted if the call was interrupted; a redirect is thrown only once */
  check(): void {
    const interruption = this.interruption;
    if (interruption === undefined) return;
    if (interruption.kind === 'redirect') this.interruption = undefined;
    throw new CallInterrupted(interruption);
  }

  /** Sleeps, and advances the call's time by the time slept. */
  private async sleepUntil(untilMs: number): Promise<void> {
    const startMs = this.elapsed;
    const startedAt = performance.now();
    const isInterrupted = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(
        () => {
          this.wake = undefined;
          resolve(false);
        },
        Math.max(0, untilMs - startMs) / this.scale,
      );
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve(true);
      };
    });
    this.elapsed = isInterrupted ? Math.min(untilMs, startMs + (performance.now() - startedAt) * this.scale) : untilMs;
  }

  private ringAlarms(): void {
    if (this.alarms.length === 0) return;
    const due = this.alarms.filter(({ atMs }) => atMs <= this.elapsed);
    this.alarms = this.alarms.filter(({ atMs }) => atMs > this.elapsed);
    for (const { ring } of due) ring();
  }
}
