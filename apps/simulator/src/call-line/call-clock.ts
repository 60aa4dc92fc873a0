import type { DocumentSource } from './call-request.js';

/** Why a call stops doing what it does. */
export type Interruption =
  | { readonly kind: 'hang-up'; readonly by: 'customer' | 'application' | 'carrier' }
  | { readonly kind: 'redirect'; readonly document: DocumentSource };

/** Thrown out of a wait when the call was interrupted. */
export class CallInterrupted extends Error {
  override readonly name = 'CallInterrupted';

  constructor(readonly interruption: Interruption) {
    super(interruption.kind);
  }
}

/**
 * A call's own time. Speech and silence advance it by their simulated length, whatever the time scale; webhooks and
 * recognition by the real time they take. So the recording of a call sounds the same at every scale.
 */
export class CallClock {
  private elapsed = 0;
  private interruption: Interruption | undefined;
  private wake: (() => void) | undefined;
  private limitMs = Infinity;
  private alarms: { readonly atMs: number; readonly ring: () => void }[] = [];

  constructor(private readonly scale: number) {}

  /** Simulated ms since the clock was started (the answer, once `restart` was called). */
  get elapsedMs(): number {
    return this.elapsed;
  }

  /** Begins to count from 0; after `limitMs` the carrier ends the call. */
  restart(limitMs: number): void {
    this.elapsed = 0;
    this.limitMs = limitMs;
  }

  /** Resolves when the call's time has reached `atMs`; never, if the call ends before. */
  reached(atMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.alarms.push({ atMs, ring: resolve });
      this.ringAlarms();
    });
  }

  /**
   * Lets simulated time pass.
   * @throws CallInterrupted when the call is interrupted meanwhile or exceeds its time limit
   */
  async wait(simulatedMs: number): Promise<void> {
    this.check();
    const endMs = this.elapsed + simulatedMs;
    while (this.elapsed < endMs) {
      const nextAlarm = this.alarms.reduce((least, { atMs }) => Math.min(least, atMs), Infinity);
      await this.passUntil(Math.min(endMs, nextAlarm, this.limitMs));
      this.ringAlarms();
      if (this.elapsed >= this.limitMs) this.interrupt({ kind: 'hang-up', by: 'carrier' });
      this.check();
    }
  }

  /**
   * Waits for real work and counts the time it took.
   * @throws CallInterrupted when the call was interrupted meanwhile; whatever the work throws
   */
  async spend<T>(work: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await work;
    } finally {
      this.elapsed += performance.now() - startedAt;
      this.ringAlarms();
    }
  }

  /** Stops what the call is doing. A hang-up outranks a redirect. */
  interrupt(interruption: Interruption): void {
    if (this.interruption?.kind !== 'hang-up') this.interruption = interruption;
    this.wake?.();
  }

  /** @throws CallInterrupted when the call was interrupted; a redirect only once */
  check(): void {
    const interruption = this.interruption;
    if (interruption === undefined) return;
    if (interruption.kind === 'redirect') this.interruption = undefined;
    throw new CallInterrupted(interruption);
  }

  /** Sleeps, and moves the call's time by what was slept. */
  private async passUntil(untilMs: number): Promise<void> {
    const since = this.elapsed;
    const startedAt = performance.now();
    const interrupted = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(
        () => {
          this.wake = undefined;
          resolve(false);
        },
        Math.max(0, untilMs - since) / this.scale,
      );
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve(true);
      };
    });
    this.elapsed = interrupted ? Math.min(untilMs, since + (performance.now() - startedAt) * this.scale) : untilMs;
  }

  private ringAlarms(): void {
    if (this.alarms.length === 0) return;
    const due = this.alarms.filter(({ atMs }) => atMs <= this.elapsed);
    this.alarms = this.alarms.filter(({ atMs }) => atMs > this.elapsed);
    for (const { ring } of due) ring();
  }
}
