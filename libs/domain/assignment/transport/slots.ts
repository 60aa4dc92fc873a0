/** The extra cost of an agent's next delivery when it already has `load` deliveries; must not decrease in `load`. */
export type LoadCost = (agent: number, load: number) => number;

/** The number of deliveries of each agent and the cost of the next one. Consecutive slots of equal cost form a step. */
export class Slots {
  readonly load: Int32Array;
  /** For an agent attached to the root by free capacity: the loads `[stepStart, stepEnd)` of its step. */
  private readonly stepStart: Int32Array;
  private readonly stepEnd: Int32Array;

  constructor(
    private readonly capacities: readonly number[],
    private readonly loadCost?: LoadCost,
  ) {
    this.load = new Int32Array(capacities.length);
    this.stepStart = new Int32Array(capacities.length);
    this.stepEnd = new Int32Array(capacities.length);
  }

  capacity(agent: number): number {
    return this.capacities[agent] as number;
  }

  /** The cost of the slot that is taken at this load. */
  costAt(agent: number, load: number): number {
    return this.loadCost ? this.loadCost(agent, load) : 0;
  }

  hasRoom(agent: number): boolean {
    return (this.load[agent] as number) < this.capacity(agent);
  }

  /** Makes the step of the slot at `load` the one that attaches the agent to the root. */
  enterStep(agent: number, load: number): void {
    if (!this.loadCost) {
      this.stepStart[agent] = 0;
      this.stepEnd[agent] = this.capacity(agent);
      return;
    }
    const cost = this.costAt(agent, load);
    let [start, end] = [load, load + 1];
    while (start > 0 && this.costAt(agent, start - 1) === cost) start -= 1;
    while (end < this.capacity(agent) && this.costAt(agent, end) === cost) end += 1;
    this.stepStart[agent] = start;
    this.stepEnd[agent] = end;
  }

  /** Whether the agent has a delivery in its step, so that a slot of it can be released. */
  canRelease(agent: number): boolean {
    return (this.load[agent] as number) > (this.stepStart[agent] as number);
  }

  /**
   * Takes a slot of the agent's step.
   * @returns whether it was the last of the step
   */
  take(agent: number): boolean {
    const load = (this.load[agent] as number) + 1;
    this.load[agent] = load;
    return load === this.stepEnd[agent];
  }

  release(agent: number): void {
    this.load[agent] = (this.load[agent] as number) - 1;
  }

  totalCost(): number {
    if (!this.loadCost) return 0;
    let cost = 0;
    this.load.forEach((load, agent) => {
      for (let slot = 0; slot < load; slot += 1) cost += this.costAt(agent, slot);
    });
    return cost;
  }
}
