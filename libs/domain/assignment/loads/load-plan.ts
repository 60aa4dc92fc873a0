import type { LoadArc, LoadProblem } from './load-problem.js';

/** A plan under change that always fits, and what each change would cost. */
export class LoadPlan {
  /** By delivery: the arc it is on; undefined while it is out. */
  private readonly arcOf: (LoadArc | undefined)[];
  private readonly room: number[][];
  private readonly load: number[];
  private readonly taken: Set<number>[];
  private total: number;

  constructor(private readonly problem: LoadProblem) {
    this.arcOf = problem.arcs.map(() => undefined);
    this.room = problem.capacities.map((capacity) => [...capacity]);
    this.load = problem.capacities.map(() => 0);
    this.taken = problem.capacities.map(() => new Set<number>());
    this.total = problem.unassignedCosts.reduce((sum, cost) => sum + cost, 0);
  }

  get agentOf(): number[] {
    return this.arcOf.map((arc) => arc?.agent ?? -1);
  }

  arcAt(delivery: number): LoadArc | undefined {
    return this.arcOf[delivery];
  }

  /** Of these deliveries, in their order; with `placeAll` they come back to it. */
  arcsOf(deliveries: readonly number[]): (LoadArc | undefined)[] {
    return deliveries.map((delivery) => this.arcOf[delivery]);
  }

  /** The deliveries that are out. */
  get out(): number[] {
    return this.arcOf.flatMap((arc, delivery) => (arc ? [] : [delivery]));
  }

  takenBy(agent: number): ReadonlySet<number> {
    return this.taken[agent] as Set<number>;
  }

  /** Of the whole plan. */
  get cost(): number {
    return this.total;
  }

  /** What it costs now, with the place it would give up. */
  presentCost(delivery: number): number {
    const arc = this.arcOf[delivery];
    return arc ? arc.cost + this.placeCost(arc.agent, (this.load[arc.agent] ?? 0) - 1) : this.outCost(delivery);
  }

  /** What it would cost on this arc with one place more. */
  costOn({ agent, cost }: LoadArc): number {
    return cost + this.placeCost(agent, this.load[agent] ?? 0);
  }

  outCost(delivery: number): number {
    return this.problem.unassignedCosts[delivery] ?? 0;
  }

  /** Whether there is room for this arc once another one is given up. */
  fits({ agent, uses }: LoadArc, without?: LoadArc): boolean {
    const room = this.room[agent] as number[];
    return uses.every((use, measure) => use <= (room[measure] ?? 0) + (without?.uses[measure] ?? 0));
  }

  /** Puts a delivery on an arc, or out. */
  move(delivery: number, to: LoadArc | undefined): void {
    const from = this.arcOf[delivery];
    this.total -= this.presentCost(delivery);
    if (from) this.change(from, delivery, 1);
    this.total += to ? this.costOn(to) : this.outCost(delivery);
    if (to) this.change(to, delivery, -1);
    this.arcOf[delivery] = to;
  }

  /** Puts deliveries on arcs, by index, or out; all of them out first, as there may be room only without what they have now. */
  placeAll(deliveries: readonly number[], arcs: readonly (LoadArc | undefined)[]): void {
    for (const delivery of deliveries) this.move(delivery, undefined);
    deliveries.forEach((delivery, index) => this.move(delivery, arcs[index]));
  }

  private change({ agent, uses }: LoadArc, delivery: number, sign: 1 | -1): void {
    const room = this.room[agent] as number[];
    uses.forEach((use, measure) => (room[measure] = (room[measure] ?? 0) + sign * use));
    this.load[agent] = (this.load[agent] ?? 0) - sign;
    if (sign < 0) this.taken[agent]?.add(delivery);
    else this.taken[agent]?.delete(delivery);
  }

  private placeCost(agent: number, load: number): number {
    return this.problem.loadCost?.(agent, load) ?? 0;
  }
}
