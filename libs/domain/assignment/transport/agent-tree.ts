/** The index that stands for "no delivery" or "no agent". */
export const NONE = -1;

/**
 * The basis of the network simplex method, reduced to a tree of agents. The root is an artificial node that has the
 * unassigned deliveries.
 *
 * An agent is attached either to the root by its free capacity, or to any node by one of its deliveries whose reduced
 * cost at that node is zero. The path from an agent to the root is therefore the cheapest known way to free a slot of
 * the agent: each delivery on the path moves to the next node. All other deliveries are leaves of the basis and are not
 * stored here.
 */
export class AgentTree {
  readonly root: number;
  /** By agent: the dual value of one slot. The root's is 0. */
  readonly dualValue: Float64Array;
  readonly parent: Int32Array;
  /** By agent: the delivery that attaches it to its parent, or `NONE` if its free capacity attaches it. */
  readonly viaDelivery: Int32Array;
  /** By agent: the cost of assigning that delivery to the parent. */
  readonly viaCost: Float64Array;
  private readonly firstChild: Int32Array;
  private readonly nextSibling: Int32Array;
  private readonly previousSibling: Int32Array;
  private readonly stack: Int32Array;

  constructor(agentCount: number) {
    const nodes = agentCount + 1;
    this.root = agentCount;
    this.dualValue = new Float64Array(nodes);
    this.parent = new Int32Array(nodes).fill(NONE);
    this.viaDelivery = new Int32Array(nodes).fill(NONE);
    this.viaCost = new Float64Array(nodes);
    this.firstChild = new Int32Array(nodes).fill(NONE);
    this.nextSibling = new Int32Array(nodes).fill(NONE);
    this.previousSibling = new Int32Array(nodes).fill(NONE);
    this.stack = new Int32Array(nodes);
  }

  /** Attaches a detached agent, with its subtree, to a parent. */
  attach(agent: number, parent: number, viaDelivery: number, viaCost: number): void {
    const sibling = this.firstChild[parent] as number;
    this.parent[agent] = parent;
    this.viaDelivery[agent] = viaDelivery;
    this.viaCost[agent] = viaCost;
    this.nextSibling[agent] = sibling;
    this.previousSibling[agent] = NONE;
    if (sibling !== NONE) this.previousSibling[sibling] = agent;
    this.firstChild[parent] = agent;
  }

  detach(agent: number): void {
    const previousSibling = this.previousSibling[agent] as number;
    const nextSibling = this.nextSibling[agent] as number;
    if (previousSibling === NONE) this.firstChild[this.parent[agent] as number] = nextSibling;
    else this.nextSibling[previousSibling] = nextSibling;
    if (nextSibling !== NONE) this.previousSibling[nextSibling] = previousSibling;
  }

  /**
   * Writes the path from an agent toward the root into `path`, excluding `end` or the root, at which it stops.
   * @returns the length of the path, and the node at which it stopped
   */
  writePath(from: number, end: number, path: Int32Array): { readonly length: number; readonly apex: number } {
    let length = 0;
    let agent = from;
    for (; agent !== this.root && agent !== end; agent = this.parent[agent] as number) path[length++] = agent;
    return { length, apex: agent };
  }

  /**
   * Adds `by` to the dual values of an agent and its subtree.
   * @returns the lowest of them afterwards
   */
  shiftDualValues(agent: number, by: number): number {
    const { firstChild, nextSibling, dualValue, stack } = this;
    let lowest = Infinity;
    let stackSize = 0;
    stack[stackSize++] = agent;
    while (stackSize > 0) {
      const node = stack[--stackSize] as number;
      const shifted = (dualValue[node] as number) + by;
      dualValue[node] = shifted;
      if (shifted < lowest) lowest = shifted;
      for (let child = firstChild[node] as number; child !== NONE; child = nextSibling[child] as number)
        stack[stackSize++] = child;
    }
    return lowest;
  }
}
