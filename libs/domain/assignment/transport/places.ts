/** The extra cost of an agent's delivery when it already has `load`; must not fall with `load`. */
export type LoadCost = (agent: number, load: number) => number;

/** How many deliveries each agent has, and what a further one costs: steps of places that cost the same. */
export class Places {
  readonly load: Int32Array;
  /** Of agents that hang by free capacity: the step it is of, from the load at which it begins to that before which it ends. */
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

  /** What the place costs that is taken at this load. */
  costAt(agent: number, load: number): number {
    return this.loadCost ? this.loadCost(agent, load) : 0;
  }

  hasRoom(agent: number): boolean {
    return (this.load[agent] as number) < this.capacity(agent);
  }

  /** The step of the place taken at `load` is from now on what the agent hangs by. */
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

  /** Whether the agent can give up a place of its step. */
  canGive(agent: number): boolean {
    return (this.load[agent] as number) > (this.stepStart[agent] as number);
  }

  /** Takes a place of the agent's step. @returns whether that was its last */
  take(agent: number): boolean {
    const load = (this.load[agent] as number) + 1;
    this.load[agent] = load;
    return load === this.stepEnd[agent];
  }

  give(agent: number): void {
    this.load[agent] = (this.load[agent] as number) - 1;
  }

  totalCost(): number {
    if (!this.loadCost) return 0;
    let cost = 0;
    this.load.forEach((load, agent) => {
      for (let place = 0; place < load; place += 1) cost += this.costAt(agent, place);
    });
    return cost;
  }
}
