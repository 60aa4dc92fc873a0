/** The wall clock, and waits that the time scale shortens. */
export class SimulatedTime {
  constructor(readonly scale: number) {}

  /** The real time, in epoch milliseconds. */
  now(): number {
    return Date.now();
  }

  /** Waits for `simulatedMs` of simulated time. Does not keep the process alive. */
  sleep(simulatedMs: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, simulatedMs / this.scale).unref();
    });
  }
}
