import { AgentTree, NONE } from './agent-tree.js';
import type { ArcTable } from './arc-table.js';
import { Places, type LoadCost } from './places.js';

/**
 * The cheapest plan as a transport problem, by the network simplex method on strongly feasible trees (Cunningham 1976;
 * for assignment problems Barr, Glover and Klingman 1977). In such a tree every delivery but one for each agent is a leaf, so that
 * the basis shrinks to a tree of the agents alone: a pivot touches agents, never deliveries, and costs little however
 * many deliveries there are. It ends after finitely many pivots, at an optimum. All numbers are integers, so ties are
 * real ties and the result depends on nothing but the problem.
 */
export class TransportSimplex {
  private readonly tree: AgentTree;
  private readonly places: Places;
  /** By delivery: its agent, or the root. */
  private readonly agentOf: number[] = [];
  private readonly costOf: number[] = [];
  private readonly outCost: number[] = [];
  private readonly path: Int32Array;
  /** No price is lower; a bound for looking at arcs in the order of their cost. */
  private floor = 0;

  constructor(
    private arcs: ArcTable,
    private readonly capacities: readonly number[],
    unassignedCosts: readonly number[],
    loadCost?: LoadCost,
  ) {
    const agentCount = capacities.length;
    this.tree = new AgentTree(agentCount);
    this.places = new Places(capacities, loadCost);
    this.path = new Int32Array(agentCount + 1);
    for (let agent = agentCount - 1; agent >= 0; agent -= 1) {
      if (this.places.capacity(agent) < 1) continue;
      this.places.enterStep(agent, 0);
      this.tree.price[agent] = this.places.costAt(agent, 0);
      this.tree.hang(agent, this.tree.root, NONE, 0);
    }
    for (const cost of unassignedCosts) this.enter(cost);
  }

  /** Makes the plan cheapest. After further deliveries it goes on from the plan before, which is nearly right. */
  solve(): void {
    let improved = true;
    while (improved) {
      improved = this.improvePlaces();
      for (let delivery = 0; delivery < this.agentOf.length; delivery += 1) {
        if (this.improveDelivery(delivery)) improved = true;
      }
    }
  }

  /** Adds a delivery whose arcs were appended to the table; `solve` finds its place. */
  enter(unassignedCost: number): void {
    if (!Number.isInteger(unassignedCost) || unassignedCost < 0) {
      throw new RangeError(`A cost is a non-negative integer, not ${unassignedCost}.`);
    }
    this.agentOf.push(this.tree.root);
    this.costOf.push(unassignedCost);
    this.outCost.push(unassignedCost);
  }

  /** From now on these are the arcs: the same deliveries, and at least the arcs the present plan uses. */
  useArcs(arcs: ArcTable): void {
    this.arcs = arcs;
  }

  /** What a place with the agent is worth at the present prices. */
  priceOf(agent: number): number {
    return this.tree.price[agent] as number;
  }

  /** What the delivery costs at the present prices, its place included. */
  worthOf(delivery: number): number {
    return (this.costOf[delivery] as number) + this.priceOf(this.agentOf[delivery] as number);
  }

  /** By delivery: its agent, or -1. */
  plan(): number[] {
    return this.agentOf.map((agent) => (agent === this.tree.root ? NONE : agent));
  }

  cost(): number {
    return this.costOf.reduce((sum, cost) => sum + cost, this.places.totalCost());
  }

  /** Moves a delivery to where it costs least at the present prices. @returns whether it cost less than where it was */
  private improveDelivery(delivery: number): boolean {
    const { agentOf, costOf, startOf } = this.arcs;
    const { price, root } = this.tree;
    const present = (this.costOf[delivery] as number) + (price[this.agentOf[delivery] as number] as number);
    let gain = Math.min(0, (this.outCost[delivery] as number) - present);
    let to = gain < 0 ? root : NONE;
    let cost = this.outCost[delivery] as number;
    const end = startOf[delivery + 1] as number;
    for (let arc = startOf[delivery] as number; arc < end; arc += 1) {
      const difference = (costOf[arc] as number) - present;
      // Further arcs cost more.
      if (difference + this.floor >= gain) break;
      const agent = agentOf[arc] as number;
      const reduced = difference + (price[agent] as number);
      if (reduced >= gain || (this.capacities[agent] as number) < 1) continue;
      gain = reduced;
      to = agent;
      cost = costOf[arc] as number;
    }
    if (to === NONE) return false;
    this.pivot(delivery, to, cost, -gain);
    return true;
  }

  /** Agents whose places are worth less than they cost, or cost less than they are worth, hang by them from now on. */
  private improvePlaces(): boolean {
    const { tree, places } = this;
    let improved = false;
    for (let agent = 0; agent < tree.root; agent += 1) {
      if (tree.via[agent] === NONE) continue;
      const load = places.load[agent] as number;
      const price = tree.price[agent] as number;
      if (load > 0 && price < places.costAt(agent, load - 1)) this.giveUpPlace(agent, load - 1);
      else if (places.hasRoom(agent) && price > places.costAt(agent, load)) this.openPlace(agent, load);
      else continue;
      improved = true;
    }
    this.floor = this.lowestPrice();
    return improved;
  }

  /**
   * Brings a delivery's arc to an agent into the basis. If its present agent has a way to the root that does not depend on a
   * place somebody would first have to free, the delivery moves, everything on the way moves one up, and the basis between the
   * last that could not move again and the new agent is turned around. Otherwise nothing moves, and the present agent hangs
   * by this delivery: that is its cheaper way to free a place.
   */
  private pivot(delivery: number, to: number, cost: number, gain: number): void {
    const { tree, places } = this;
    const from = this.agentOf[delivery] as number;
    const { length, apex } = tree.climb(to, from, this.path);
    const isFromRoot = from === tree.root;
    if (!isFromRoot && apex !== from && !(tree.via[from] === NONE && places.canGive(from))) {
      tree.cut(from);
      this.fall(from, to, delivery, cost, gain);
      return;
    }
    const costFrom = this.costOf[delivery] as number;
    if (!isFromRoot && tree.via[from] === delivery) {
      const [above, viaCost] = [tree.parent[from] as number, tree.viaCost[from] as number];
      this.path[length] = from;
      this.turn(length, false);
      this.settle(delivery, to, cost);
      this.rise(to, above, delivery, viaCost, gain);
      return;
    }
    const isFull = this.moveUp(length, apex);
    if (apex !== from) places.give(from);
    const last = isFull ? length - 1 : length - 2;
    if (last >= 0) this.turn(last, true);
    this.settle(delivery, to, cost);
    if (last >= 0) this.rise(to, from, delivery, costFrom, gain);
  }

  /** The agent gives a place back: what is on its way to the root moves one up, and it hangs by the place from now on. */
  private giveUpPlace(agent: number, place: number): void {
    const { tree, places } = this;
    const gain = places.costAt(agent, place) - (tree.price[agent] as number);
    const { length } = tree.climb(agent, tree.root, this.path);
    const isFull = this.moveUp(length, tree.root);
    places.give(agent);
    places.enterStep(agent, place);
    this.turn(isFull ? length - 1 : length - 2, true);
    this.rise(agent, tree.root, NONE, 0, gain);
  }

  /** A free place is cheaper than what the agent hangs by. */
  private openPlace(agent: number, place: number): void {
    const { tree, places } = this;
    const gain = (tree.price[agent] as number) - places.costAt(agent, place);
    places.enterStep(agent, place);
    tree.cut(agent);
    this.fall(agent, tree.root, NONE, 0, gain);
  }

  /**
   * One place more is needed at the top of the path.
   * @returns whether the whole path is cut off by it: always, unless the top hangs by free capacity and has some left
   */
  private moveUp(length: number, apex: number): boolean {
    if (length === 0) return false;
    const top = this.path[length - 1] as number;
    return apex !== this.tree.root || this.tree.via[top] !== NONE || this.places.take(top);
  }

  /**
   * Every delivery by which an agent of the path hangs moves one up, and the path's agents up to `last` are cut off and
   * hung the other way around: each by the delivery that has just come to it.
   * @param movesOut whether that of the last one moves on, out of the part that is cut off
   */
  private turn(last: number, movesOut: boolean): void {
    const { tree, path } = this;
    for (let step = 0; step <= last; step += 1) tree.cut(path[step] as number);
    const top = path[last] as number;
    if (movesOut && tree.via[top] !== NONE) {
      this.settle(tree.via[top] as number, tree.parent[top] as number, tree.viaCost[top] as number);
    }
    for (let step = last - 1; step >= 0; step -= 1) {
      const agent = path[step] as number;
      const above = path[step + 1] as number;
      const mover = tree.via[agent] as number;
      const costBelow = this.costOf[mover] as number;
      this.settle(mover, above, tree.viaCost[agent] as number);
      tree.hang(above, agent, mover, costBelow);
    }
  }

  private lowestPrice(): number {
    let lowest = Infinity;
    for (let agent = 0; agent < this.tree.root; agent += 1) {
      if (this.places.capacity(agent) > 0) lowest = Math.min(lowest, this.tree.price[agent] as number);
    }
    return lowest;
  }

  private settle(delivery: number, agent: number, cost: number): void {
    this.agentOf[delivery] = agent;
    this.costOf[delivery] = cost;
  }

  private rise(agent: number, under: number, via: number, viaCost: number, by: number): void {
    this.tree.hang(agent, under, via, viaCost);
    this.tree.shift(agent, by);
  }

  private fall(agent: number, under: number, via: number, viaCost: number, by: number): void {
    this.tree.hang(agent, under, via, viaCost);
    this.floor = Math.min(this.floor, this.tree.shift(agent, -by));
  }
}
