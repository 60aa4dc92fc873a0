/** A delivery × agent problem by index: integers throughout, so that sums are exact and ties are real ties. */
export interface FlowProblem {
  /** By delivery: the agents that may take it and at what cost. A pair without an arc is forbidden. */
  readonly arcs: readonly (readonly FlowArc[])[];
  /** By agent: how many deliveries it may take. */
  readonly capacities: readonly number[];
  /** By delivery: the cost of leaving it out. */
  readonly unassignedCosts: readonly number[];
  /** The extra cost of an agent's delivery when it already has `load`; must not fall with `load`. Default 0. */
  readonly loadCost?: ((agent: number, load: number) => number) | undefined;
}

export interface FlowArc {
  readonly agent: number;
  readonly cost: number;
}

export interface FlowSolution {
  /** By delivery: its agent, or -1. */
  readonly agentOf: readonly number[];
  readonly cost: number;
}

const NONE = -1;

/**
 * The cheapest plan: a min-cost flow solved by successive shortest augmenting paths. Deliveries enter one after the
 * other; each may push others along to their next agents, or out, where that is cheapest in all. Dijkstra runs over the
 * agents on costs reduced by potentials, which keeps them non-negative (Edmonds and Karp 1972; Tomizawa 1971). As load
 * costs never fall, agents fill slot by slot and the flow stays optimal for the deliveries entered so far.
 * O(deliveries × (agents² + arcs)).
 */
export function solveMinCostAssignment(problem: FlowProblem): FlowSolution {
  const solver = new AugmentingPathSolver(problem);
  for (let delivery = 0; delivery < problem.arcs.length; delivery += 1) solver.insert(delivery);
  return solver.solution();
}

class AugmentingPathSolver {
  private readonly agentOf: number[];
  private readonly costOf: number[];
  /** By agent: its deliveries. */
  private readonly taken: Set<number>[];
  private readonly potential: number[];
  private readonly loadCost: (agent: number, load: number) => number;

  constructor(private readonly problem: FlowProblem) {
    this.agentOf = problem.arcs.map(() => NONE);
    this.costOf = problem.arcs.map(() => 0);
    this.taken = problem.capacities.map(() => new Set<number>());
    this.potential = problem.capacities.map(() => 0);
    this.loadCost = problem.loadCost ?? (() => 0);
  }

  insert(delivery: number): void {
    const search = this.shortestPaths(delivery);
    let end: PathEnd = { cost: this.unassignedCost(delivery), agent: NONE, evicted: NONE };
    for (const agent of search.settled) {
      const distance = at(search.reduced, agent) + at(this.potential, agent);
      const load = this.load(agent);
      if (load < at(this.problem.capacities, agent)) {
        const cost = distance + this.loadCost(agent, load);
        if (cost < end.cost) end = { cost, agent, evicted: NONE };
      }
      for (const other of this.takenBy(agent)) {
        const cost = distance - at(this.costOf, other) + this.unassignedCost(other);
        if (cost < end.cost) end = { cost, agent, evicted: other };
      }
    }
    this.raisePotentials(search);
    if (end.agent !== NONE) this.augment(delivery, end, search);
  }

  solution(): FlowSolution {
    let cost = 0;
    this.agentOf.forEach((agent, delivery) => {
      cost += agent === NONE ? this.unassignedCost(delivery) : at(this.costOf, delivery);
    });
    this.taken.forEach((deliveries, agent) => {
      for (let load = 0; load < deliveries.size; load += 1) cost += this.loadCost(agent, load);
    });
    return { agentOf: this.agentOf, cost };
  }

  /** Dijkstra over agents; to move on from an agent, one of its deliveries changes to another agent. */
  private shortestPaths(delivery: number): PathSearch {
    const reduced = this.potential.map(() => Infinity);
    const via = this.potential.map(() => NONE);
    const done = this.potential.map(() => false);
    const settled: number[] = [];
    const relax = (mover: number, base: number): void => {
      for (const { agent, cost } of this.problem.arcs[mover] ?? []) {
        const distance = base + cost - at(this.potential, agent);
        if (!at(done, agent) && distance < at(reduced, agent)) {
          reduced[agent] = distance;
          via[agent] = mover;
        }
      }
    };
    relax(delivery, 0);
    for (;;) {
      let next = NONE;
      for (let agent = 0; agent < reduced.length; agent += 1) {
        if (!at(done, agent) && at(reduced, agent) < (next === NONE ? Infinity : at(reduced, next))) next = agent;
      }
      if (next === NONE) return { reduced, via, settled };
      done[next] = true;
      settled.push(next);
      const distance = at(reduced, next) + at(this.potential, next);
      for (const mover of this.takenBy(next)) relax(mover, distance - at(this.costOf, mover));
    }
  }

  private raisePotentials({ reduced, settled }: PathSearch): void {
    const farthest = settled.length > 0 ? at(reduced, settled.at(-1) ?? 0) : 0;
    for (let agent = 0; agent < this.potential.length; agent += 1) {
      this.potential[agent] = at(this.potential, agent) + Math.min(at(reduced, agent), farthest);
    }
  }

  private augment(delivery: number, end: PathEnd, { via }: PathSearch): void {
    if (end.evicted !== NONE) this.release(end.evicted);
    let agent = end.agent;
    for (;;) {
      const mover = at(via, agent);
      const from = at(this.agentOf, mover);
      this.release(mover);
      this.take(mover, agent);
      if (mover === delivery) return;
      agent = from;
    }
  }

  private take(delivery: number, agent: number): void {
    const arc = this.problem.arcs[delivery]?.find((candidate) => candidate.agent === agent);
    if (!arc) throw new Error(`no arc from delivery ${delivery} to agent ${agent}`);
    this.agentOf[delivery] = agent;
    this.costOf[delivery] = arc.cost;
    this.taken[agent]?.add(delivery);
  }

  private release(delivery: number): void {
    const agent = at(this.agentOf, delivery);
    if (agent === NONE) return;
    this.taken[agent]?.delete(delivery);
    this.agentOf[delivery] = NONE;
  }

  private takenBy(agent: number): Iterable<number> {
    return this.taken[agent] ?? [];
  }

  private load(agent: number): number {
    return this.taken[agent]?.size ?? 0;
  }

  private unassignedCost(delivery: number): number {
    return at(this.problem.unassignedCosts, delivery);
  }
}

interface PathSearch {
  /** By agent: distance less its potential. */
  readonly reduced: readonly number[];
  /** By agent: the delivery that moves there on the shortest path. */
  readonly via: readonly number[];
  /** Reachable agents, nearest first. */
  readonly settled: readonly number[];
}

interface PathEnd {
  readonly cost: number;
  readonly agent: number;
  /** The delivery of that agent that goes out to make room. */
  readonly evicted: number;
}

/** An element that is there by construction. */
function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`index ${index} of ${list.length}`);
  return element;
}
