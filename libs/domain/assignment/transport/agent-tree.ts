/** No delivery, no agent. */
export const NONE = -1;

/**
 * The basis of the transport simplex: a tree of agents under a root that stands for "nobody". An agent hangs either
 * under the root by its free capacity, or under another agent (or the root) by a delivery that could as well be there: it
 * is the agent's, and costs the same with the parent at the present prices. So the way from an agent up to the root is
 * the cheapest known way to free a place: each delivery on it moves one up. Every other delivery is a leaf and not kept here.
 */
export class AgentTree {
  readonly root: number;
  /** What a place with the agent is worth; the root's is 0. */
  readonly price: Float64Array;
  readonly parent: Int32Array;
  /** The delivery an agent hangs by; NONE where it hangs by its free capacity. */
  readonly via: Int32Array;
  /** What that delivery would cost with the parent. */
  readonly viaCost: Float64Array;
  private readonly first: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly stack: Int32Array;

  constructor(agentCount: number) {
    const nodes = agentCount + 1;
    this.root = agentCount;
    this.price = new Float64Array(nodes);
    this.parent = new Int32Array(nodes).fill(NONE);
    this.via = new Int32Array(nodes).fill(NONE);
    this.viaCost = new Float64Array(nodes);
    this.first = new Int32Array(nodes).fill(NONE);
    this.next = new Int32Array(nodes).fill(NONE);
    this.previous = new Int32Array(nodes).fill(NONE);
    this.stack = new Int32Array(nodes);
  }

  /** Hangs a cut-off agent, with all that hangs under it, under another. */
  hang(agent: number, under: number, via: number, viaCost: number): void {
    const sibling = this.first[under] as number;
    this.parent[agent] = under;
    this.via[agent] = via;
    this.viaCost[agent] = viaCost;
    this.next[agent] = sibling;
    this.previous[agent] = NONE;
    if (sibling !== NONE) this.previous[sibling] = agent;
    this.first[under] = agent;
  }

  cut(agent: number): void {
    const previous = this.previous[agent] as number;
    const next = this.next[agent] as number;
    if (previous === NONE) this.first[this.parent[agent] as number] = next;
    else this.next[previous] = next;
    if (next !== NONE) this.previous[next] = previous;
  }

  /** Writes the agents from one upwards into `path`, until `end` or the root. @returns how many, and where it ended */
  climb(from: number, end: number, path: Int32Array): { readonly length: number; readonly apex: number } {
    let length = 0;
    let agent = from;
    for (; agent !== this.root && agent !== end; agent = this.parent[agent] as number) path[length++] = agent;
    return { length, apex: agent };
  }

  /** Adds to the prices of an agent and of all that hang under it. @returns the lowest of them afterwards */
  shift(agent: number, by: number): number {
    const { first, next, price, stack } = this;
    let lowest = Infinity;
    let top = 0;
    stack[top++] = agent;
    while (top > 0) {
      const node = stack[--top] as number;
      const shifted = (price[node] as number) + by;
      price[node] = shifted;
      if (shifted < lowest) lowest = shifted;
      for (let child = first[node] as number; child !== NONE; child = next[child] as number) stack[top++] = child;
    }
    return lowest;
  }
}
