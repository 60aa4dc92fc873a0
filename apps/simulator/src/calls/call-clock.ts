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

  /**
   * Lets simulated time pass.
   * @throws CallInterrupted when the call is interrupted meanwhile or exceeds its time limit
   */
  async wait(simulatedMs: number): Promise<void> {
    this.check();
    const allowedMs = Math.min(simulatedMs, this.limitMs - this.elapsed);
    const startedAt = performance.now();
    const interrupted = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        this.wake = undefined;
        resolve(false);
      }, allowedMs / this.scale);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve(true);
      };
    });
    this.elapsed += interrupted ? Math.min(allowedMs, (performance.now() - startedAt) * this.scale) : allowedMs;
    if (allowedMs < simulatedMs) this.interrupt({ kind: 'hang-up', by: 'carrier' });
    this.check();
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
}
