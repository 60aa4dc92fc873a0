import type { LoadArc, LoadProblem } from './load-problem.js';

/** A mutable plan that keeps track of its cost and of the capacities left. Check `fits` before `move`. */
export class LoadPlan {
  /** By delivery: its arc; `undefined` while it is unassigned. */
  private readonly arcOf: (LoadArc | undefined)[];
  /** By agent and measure: the capacity left. */
  private readonly room: number[][];
  private readonly deliveryCounts: number[];
  private readonly deliveriesByAgent: Set<number>[];
  private total: number;

  constructor(private readonly problem: LoadProblem) {
    this.arcOf = problem.arcs.map(() => undefined);
    this.room = problem.capacities.map((capacity) => [...capacity]);
    this.deliveryCounts = problem.capacities.map(() => 0);
    this.deliveriesByAgent = problem.capacities.map(() => new Set<number>());
    this.total = problem.unassignedCosts.reduce((sum, cost) => sum + cost, 0);
  }

  /** By delivery: its agent, or -1. */
  get agentOf(): number[] {
    return this.arcOf.map((arc) => arc?.agent ?? -1);
  }

  /** The arc of a delivery; `undefined` while it is unassigned. */
  getArc(delivery: number): LoadArc | undefined {
    return this.arcOf[delivery];
  }

  /** The arcs of these deliveries, in the same order; `reassignAll` restores them. */
  getArcs(deliveries: readonly number[]): (LoadArc | undefined)[] {
    return deliveries.map((delivery) => this.arcOf[delivery]);
  }

  /** The unassigned deliveries. */
  get unassigned(): number[] {
    return this.arcOf.flatMap((arc, delivery) => (arc ? [] : [delivery]));
  }

  /** The deliveries of an agent. */
  getDeliveries(agent: number): ReadonlySet<number> {
    return this.deliveriesByAgent[agent] as Set<number>;
  }

  /** The cost of the whole plan. */
  get cost(): number {
    return this.total;
  }

  /** The current cost of a delivery, including the load cost of the agent's last slot. */
  getCurrentCost(delivery: number): number {
    const arc = this.arcOf[delivery];
    return arc
      ? arc.cost + this.getSlotCost(arc.agent, (this.deliveryCounts[arc.agent] ?? 0) - 1)
      : this.getUnassignedCost(delivery);
  }

  /** The cost of the arc, including the load cost of the agent's next slot. */
  getArcCost({ agent, cost }: LoadArc): number {
    return cost + this.getSlotCost(agent, this.deliveryCounts[agent] ?? 0);
  }

  /** The cost of leaving the delivery unassigned. */
  getUnassignedCost(delivery: number): number {
    return this.problem.unassignedCosts[delivery] ?? 0;
  }

  /** Whether the agent has capacity left for this arc, after another arc is released if one is given. */
  fits({ agent, uses }: LoadArc, released?: LoadArc): boolean {
    const room = this.room[agent] as number[];
    return uses.every((use, measure) => use <= (room[measure] ?? 0) + (released?.uses[measure] ?? 0));
  }

  /** Assigns a delivery to an arc, or unassigns it. */
  move(delivery: number, to: LoadArc | undefined): void {
    const from = this.arcOf[delivery];
    this.total -= this.getCurrentCost(delivery);
    if (from) this.adjustRoom(from, delivery, 1);
    this.total += to ? this.getArcCost(to) : this.getUnassignedCost(delivery);
    if (to) this.adjustRoom(to, delivery, -1);
    this.arcOf[delivery] = to;
  }

  /**
   * Assigns deliveries to arcs by index, or unassigns them. All are unassigned first, as the new arcs may need the
   * capacity.
   */
  reassignAll(deliveries: readonly number[], arcs: readonly (LoadArc | undefined)[]): void {
    for (const delivery of deliveries) this.move(delivery, undefined);
    deliveries.forEach((delivery, index) => this.move(delivery, arcs[index]));
  }

  private adjustRoom({ agent, uses }: LoadArc, delivery: number, sign: 1 | -1): void {
    const room = this.room[agent] as number[];
    uses.forEach((use, measure) => (room[measure] = (room[measure] ?? 0) + sign * use));
    this.deliveryCounts[agent] = (this.deliveryCounts[agent] ?? 0) - sign;
    if (sign < 0) this.deliveriesByAgent[agent]?.add(delivery);
    else this.deliveriesByAgent[agent]?.delete(delivery);
  }

  private getSlotCost(agent: number, load: number): number {
    return this.problem.loadCost?.(agent, load) ?? 0;
  }
}
