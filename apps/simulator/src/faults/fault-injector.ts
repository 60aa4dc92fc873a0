import { type FaultSettings, mergeFaults, NO_FAULTS } from '../config/config.module.js';
import { createSeededRandom, type Random } from './random.js';

/** Decides which faults occur, with pseudorandom numbers from a seed, so that a run can be repeated. */
export class FaultInjector {
  private current: FaultSettings;
  private random: Random;
  /** Times of the call creations in the last second, in milliseconds, oldest first. */
  private readonly creationTimesMs: number[] = [];

  constructor(
    private readonly initial: FaultSettings,
    private readonly seed: number,
  ) {
    this.current = initial;
    this.random = createSeededRandom(seed);
  }

  get settings(): FaultSettings {
    return this.current;
  }

  /**
   * Replaces the settings, unless they are invalid. Faults without a setting are off.
   * @returns the validation errors; empty if the settings took effect
   */
  replace(requested: unknown): readonly string[] {
    const merged = mergeFaults(NO_FAULTS, requested);
    if ('problems' in merged) return merged.problems;
    this.current = merged.settings;
    return [];
  }

  /** Restores the initial settings and restarts the random sequence. */
  reset(): void {
    this.current = this.initial;
    this.random = createSeededRandom(this.seed);
    this.creationTimesMs.length = 0;
  }

  /** Returns true with the fault's probability. */
  shouldInject(
    fault: 'duplicateCallbacks' | 'reorderCallbacks' | 'createTimeout' | 'createErrorAfterEffect' | 'tooManyRequests',
  ): boolean {
    const rate = this.current[fault];
    return rate > 0 && this.random() < rate;
  }

  /**
   * Counts a call creation at `nowMs`.
   * @returns false if it exceeds the limit of calls per second or concurrent calls
   */
  canCreateCall(nowMs: number, openCalls: number): boolean {
    const { callsPerSecond, concurrentCalls } = this.current;
    if (concurrentCalls !== null && openCalls >= concurrentCalls) return false;
    if (callsPerSecond === null) return true;
    while (this.creationTimesMs.length > 0 && (this.creationTimesMs[0] ?? 0) <= nowMs - 1000)
      this.creationTimesMs.shift();
    if (this.creationTimesMs.length >= callsPerSecond) return false;
    this.creationTimesMs.push(nowMs);
    return true;
  }
}
