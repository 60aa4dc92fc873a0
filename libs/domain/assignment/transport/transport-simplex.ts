import { AgentTree, NONE } from './agent-tree.js';
import type { ArcTable } from './arc-table.js';
import { Slots, type LoadCost } from './slots.js';

/**
 * Solves the assignment as a transport problem by the network simplex method on strongly feasible trees (Cunningham
 * 1976; for assignment problems Barr, Glover and Klingman 1977).
 *
 * In such a tree, all deliveries but one for each agent are leaves, so the basis reduces to a tree of the agents. A
 * pivot touches agents only, and its cost does not grow with the number of deliveries. The method ends at an optimum
 * after finitely many pivots. All numbers are integers: ties are exact, and the result depends on the problem alone.
 */
export class TransportSimplex {
  private readonly tree: AgentTree;
  private readonly slots: Slots;
  /** By delivery: its agent, or the root. */
  private readonly agentOf: number[] = [];
  private readonly costOf: number[] = [];
  private readonly unassignedCostOf: number[] = [];
  private readonly path: Int32Array;
  /** A lower bound of all dual values of agents; lets the scan of arcs, in ascending order of cost, stop early. */
  private floor = 0;

  constructor(
    private arcs: ArcTable,
    private readonly capacities: readonly number[],
    unassignedCosts: readonly number[],
    loadCost?: LoadCost,
  ) {
    const agentCount = capacities.length;
    this.tree = new AgentTree(agentCount);
    this.slots = new Slots(capacities, loadCost);
    this.path = new Int32Array(agentCount + 1);
    for (let agent = agentCount - 1; agent >= 0; agent -= 1) {
      if (this.slots.capacity(agent) < 1) continue;
      this.slots.enterStep(agent, 0);
      this.tree.dualValue[agent] = this.slots.costAt(agent, 0);
      this.tree.attach(agent, this.tree.root, NONE, 0);
    }
    for (const cost of unassignedCosts) this.addDelivery(cost);
  }

  /** Makes the plan optimal. After deliveries were added or arcs replaced, it continues from the previous basis. */
  solve(): void {
    let improved = true;
    while (improved) {
      improved = this.improveSlots();
      for (let delivery = 0; delivery < this.agentOf.length; delivery += 1) {
        if (this.improveDelivery(delivery)) improved = true;
      }
    }
  }

  /**
   * Adds a delivery whose arcs were appended to the table. It is unassigned until the next `solve`.
   * @throws RangeError when the cost is not a non-negative integer
   */
  addDelivery(unassignedCost: number): void {
    if (!Number.isInteger(unassignedCost) || unassignedCost < 0) {
      throw new RangeError(
        `The cost of leaving a delivery unassigned must be a non-negative integer, not ${unassignedCost}.`,
      );
    }
    this.agentOf.push(this.tree.root);
    this.costOf.push(unassignedCost);
    this.unassignedCostOf.push(unassignedCost);
  }

  /**
   * Replaces the arcs. The deliveries must be the same, and the arcs of the current plan must be among the new ones.
   */
  replaceArcs(arcs: ArcTable): void {
    this.arcs = arcs;
  }

  /** The dual value of a slot of the agent. */
  agentDualValue(agent: number): number {
    return this.tree.dualValue[agent] as number;
  }

  /** The dual value of the delivery: its current cost and the dual value of the slot it takes. */
  deliveryDualValue(delivery: number): number {
    return (this.costOf[delivery] as number) + this.agentDualValue(this.agentOf[delivery] as number);
  }

  /** By delivery: its agent, or -1. */
  toPlan(): number[] {
    return this.agentOf.map((agent) => (agent === this.tree.root ? NONE : agent));
  }

  getCost(): number {
    return this.costOf.reduce((sum, cost) => sum + cost, this.slots.totalCost());
  }

  /**
   * Pivots on the delivery's arc of the most negative reduced cost.
   * @returns whether there was one
   */
  private improveDelivery(delivery: number): boolean {
    const { agentOf, costOf, startOf } = this.arcs;
    const { dualValue, root } = this.tree;
    const currentDualValue =
      (this.costOf[delivery] as number) + (dualValue[this.agentOf[delivery] as number] as number);
    let gain = Math.min(0, (this.unassignedCostOf[delivery] as number) - currentDualValue);
    let to = gain < 0 ? root : NONE;
    let cost = this.unassignedCostOf[delivery] as number;
    const end = startOf[delivery + 1] as number;
    for (let arc = startOf[delivery] as number; arc < end; arc += 1) {
      const difference = (costOf[arc] as number) - currentDualValue;
      // The arcs are in ascending order of cost: none that follows has a lower reduced cost.
      if (difference + this.floor >= gain) break;
      const agent = agentOf[arc] as number;
      const reduced = difference + (dualValue[agent] as number);
      if (reduced >= gain || (this.capacities[agent] as number) < 1) continue;
      gain = reduced;
      to = agent;
      cost = costOf[arc] as number;
    }
    if (to === NONE) return false;
    this.pivot(delivery, to, cost, -gain);
    return true;
  }

  /**
   * Re-attaches to the root the agents whose dual value is below the cost of their last slot or above that of their
   * next.
   */
  private improveSlots(): boolean {
    const { tree, slots } = this;
    let improved = false;
    for (let agent = 0; agent < tree.root; agent += 1) {
      if (tree.viaDelivery[agent] === NONE) continue;
      const load = slots.load[agent] as number;
      const price = tree.dualValue[agent] as number;
      if (load > 0 && price < slots.costAt(agent, load - 1)) this.releaseSlot(agent, load - 1);
      else if (slots.hasRoom(agent) && price > slots.costAt(agent, load)) this.openSlot(agent, load);
      else continue;
      improved = true;
    }
    this.floor = this.minDualValue();
    return improved;
  }

  /**
   * Brings the arc of a delivery to an agent into the basis.
   *
   * If the delivery's current agent can release it without another slot being freed first, the delivery moves: all
   * deliveries on the path move one node up, and the path from the new agent to the one without spare capacity is
   * reversed. Otherwise no delivery moves (a degenerate pivot), and the delivery becomes the one that attaches its
   * current agent.
   */
  private pivot(delivery: number, to: number, cost: number, gain: number): void {
    const { tree, slots } = this;
    const from = this.agentOf[delivery] as number;
    const { length, apex } = tree.writePath(to, from, this.path);
    const isFromRoot = from === tree.root;
    if (!isFromRoot && apex !== from && !(tree.viaDelivery[from] === NONE && slots.canRelease(from))) {
      tree.detach(from);
      this.attachAndLower(from, to, delivery, cost, gain);
      return;
    }
    const costFrom = this.costOf[delivery] as number;
    if (!isFromRoot && tree.viaDelivery[from] === delivery) {
      const [above, viaCost] = [tree.parent[from] as number, tree.viaCost[from] as number];
      this.path[length] = from;
      this.reversePath(length, false);
      this.setArc(delivery, to, cost);
      this.attachAndRaise(to, above, delivery, viaCost, gain);
      return;
    }
    const isFull = this.takeSlotAtTop(length, apex);
    if (apex !== from) slots.release(from);
    const last = isFull ? length - 1 : length - 2;
    if (last >= 0) this.reversePath(last, true);
    this.setArc(delivery, to, cost);
    if (last >= 0) this.attachAndRaise(to, from, delivery, costFrom, gain);
  }

  /**
   * Releases a slot of an agent: the deliveries on its path to the root move one node up, and the slot attaches the
   * agent.
   */
  private releaseSlot(agent: number, slot: number): void {
    const { tree, slots } = this;
    const gain = slots.costAt(agent, slot) - (tree.dualValue[agent] as number);
    const { length } = tree.writePath(agent, tree.root, this.path);
    const isFull = this.takeSlotAtTop(length, tree.root);
    slots.release(agent);
    slots.enterStep(agent, slot);
    this.reversePath(isFull ? length - 1 : length - 2, true);
    this.attachAndRaise(agent, tree.root, NONE, 0, gain);
  }

  /** Attaches an agent to the root by a free slot that costs less than its dual value. */
  private openSlot(agent: number, slot: number): void {
    const { tree, slots } = this;
    const gain = (tree.dualValue[agent] as number) - slots.costAt(agent, slot);
    slots.enterStep(agent, slot);
    tree.detach(agent);
    this.attachAndLower(agent, tree.root, NONE, 0, gain);
  }

  /**
   * Takes a slot at the top of the path.
   * @returns whether the whole path must be re-attached: always, unless free capacity attaches the top and some is left
   */
  private takeSlotAtTop(length: number, apex: number): boolean {
    if (length === 0) return false;
    const top = this.path[length - 1] as number;
    return apex !== this.tree.root || this.tree.viaDelivery[top] !== NONE || this.slots.take(top);
  }

  /**
   * Moves every delivery that attaches an agent of the path one node up, and reverses the path up to index `last`: each
   * agent is attached by the delivery that it has just received.
   * @param movesOut whether the delivery of the last agent moves on, out of the detached part
   */
  private reversePath(last: number, movesOut: boolean): void {
    const { tree, path } = this;
    for (let step = 0; step <= last; step += 1) tree.detach(path[step] as number);
    const top = path[last] as number;
    if (movesOut && tree.viaDelivery[top] !== NONE) {
      this.setArc(tree.viaDelivery[top] as number, tree.parent[top] as number, tree.viaCost[top] as number);
    }
    for (let step = last - 1; step >= 0; step -= 1) {
      const agent = path[step] as number;
      const above = path[step + 1] as number;
      const movedDelivery = tree.viaDelivery[agent] as number;
      const costBelow = this.costOf[movedDelivery] as number;
      this.setArc(movedDelivery, above, tree.viaCost[agent] as number);
      tree.attach(above, agent, movedDelivery, costBelow);
    }
  }

  private minDualValue(): number {
    let lowest = Infinity;
    for (let agent = 0; agent < this.tree.root; agent += 1) {
      if (this.slots.capacity(agent) > 0) lowest = Math.min(lowest, this.tree.dualValue[agent] as number);
    }
    return lowest;
  }

  private setArc(delivery: number, agent: number, cost: number): void {
    this.agentOf[delivery] = agent;
    this.costOf[delivery] = cost;
  }

  private attachAndRaise(agent: number, parent: number, via: number, viaCost: number, by: number): void {
    this.tree.attach(agent, parent, via, viaCost);
    this.tree.shiftDualValues(agent, by);
  }

  private attachAndLower(agent: number, parent: number, via: number, viaCost: number, by: number): void {
    this.tree.attach(agent, parent, via, viaCost);
    this.floor = Math.min(this.floor, this.tree.shiftDualValues(agent, -by));
  }
}
