/** Wall clock, and waits that are shortened by the time scale. */
export class SimulatedTime {
  constructor(readonly scale: number) {}

  now(): number {
    return Date.now();
  }

  /** Waits `simulatedMs` of simulated time. Does not keep the process alive. */
  sleep(simulatedMs: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, simulatedMs / this.scale).unref();
    });
  }
}
