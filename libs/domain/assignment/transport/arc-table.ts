export interface FlowArc {
  readonly agent: number;
  readonly cost: number;
}

const LARGEST_EXACT = 2 ** 53;

/**
 * The arcs of all deliveries in two flat arrays, each delivery's together, the cheapest first and of equal ones that to the
 * first agent: the order they were given in does not matter.
 */
export class ArcTable {
  private agents: Int32Array;
  private costs: Float64Array;
  private starts: Int32Array;
  private rows = 0;

  /** @param agentCount how many agents there are */
  constructor(
    private readonly agentCount: number,
    rows: number,
    arcs: number,
  ) {
    this.agents = new Int32Array(arcs);
    this.costs = new Float64Array(arcs);
    this.starts = new Int32Array(rows + 1);
  }

  static of(rows: readonly (readonly FlowArc[])[], agentCount: number): ArcTable {
    const table = new ArcTable(
      agentCount,
      rows.length,
      rows.reduce((count, row) => count + row.length, 0),
    );
    for (const row of rows) table.append(row);
    return table;
  }

  /** Deliveries so far. */
  get length(): number {
    return this.rows;
  }

  /** By arc: its agent. Valid until the next `append`. */
  get agentOf(): Int32Array {
    return this.agents;
  }

  /** By arc: its cost. Valid until the next `append`. */
  get costOf(): Float64Array {
    return this.costs;
  }

  /** By delivery: its first arc; its last is before the next one's first. Valid until the next `append`. */
  get startOf(): Int32Array {
    return this.starts;
  }

  /**
   * Adds a delivery.
   * @throws RangeError for a cost that is no non-negative integer, or an agent that does not exist
   */
  append(row: readonly FlowArc[]): void {
    const from = this.starts[this.rows] ?? 0;
    const to = from + row.length;
    if (this.rows + 2 > this.starts.length) this.starts = grown(this.starts, this.rows + 2, Int32Array);
    if (to > this.agents.length) {
      this.agents = grown(this.agents, to, Int32Array);
      this.costs = grown(this.costs, to, Float64Array);
    }
    this.sorted(row).forEach(({ agent, cost }, index) => {
      this.agents[from + index] = agent;
      this.costs[from + index] = cost;
    });
    this.rows += 1;
    this.starts[this.rows] = to;
  }

  private sorted(row: readonly FlowArc[]): FlowArc[] {
    for (const { agent, cost } of row) {
      if (!Number.isInteger(cost) || cost < 0) throw new RangeError(`A cost is a non-negative integer, not ${cost}.`);
      if (!Number.isInteger(agent) || agent < 0 || agent >= this.agentCount) {
        throw new RangeError(`There is no agent ${agent} among ${this.agentCount}.`);
      }
    }
    const dearest = row.reduce((most, { cost }) => Math.max(most, cost), 0);
    if ((dearest + 1) * this.agentCount >= LARGEST_EXACT) {
      return [...row].sort((a, b) => a.cost - b.cost || a.agent - b.agent);
    }
    // Both in one number: to sort numbers is several times quicker than to sort objects by a comparison.
    const keys = Float64Array.from(row, ({ agent, cost }) => cost * this.agentCount + agent).sort();
    return Array.from(keys, (key) => {
      const cost = Math.floor(key / this.agentCount);
      return { cost, agent: key - cost * this.agentCount };
    });
  }
}

function grown<T extends Int32Array | Float64Array>(list: T, least: number, kind: new (length: number) => T): T {
  const larger = new kind(Math.max(least, Math.ceil(list.length * 1.5)));
  larger.set(list);
  return larger;
}
