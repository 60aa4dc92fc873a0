/** A possible pair: an agent by index, and a cost that is a non-negative integer. */
export interface FlowArc {
  readonly agent: number;
  readonly cost: number;
}

/** All integers below it are exact as a JavaScript number. */
const MAX_EXACT = 2 ** 53;

/**
 * The arcs of all deliveries in flat arrays, grouped by delivery.
 *
 * Within a delivery they are in ascending order of cost, ties by agent index, so that the order of the input has no
 * effect.
 */
export class ArcTable {
  private agents: Int32Array;
  private costs: Float64Array;
  private starts: Int32Array;
  private rowCount = 0;

  /**
   * @param rows initial capacity of the table, in deliveries; it grows as needed
   * @param arcs initial capacity of the table, in arcs; it grows as needed
   */
  constructor(
    private readonly agentCount: number,
    rows: number,
    arcs: number,
  ) {
    this.agents = new Int32Array(arcs);
    this.costs = new Float64Array(arcs);
    this.starts = new Int32Array(rows + 1);
  }

  /**
   * Builds the table of all deliveries at once.
   * @throws RangeError like {@link ArcTable.append}
   */
  static of(rows: readonly (readonly FlowArc[])[], agentCount: number): ArcTable {
    const table = new ArcTable(
      agentCount,
      rows.length,
      rows.reduce((count, row) => count + row.length, 0),
    );
    for (const row of rows) table.append(row);
    return table;
  }

  /** Number of deliveries. */
  get length(): number {
    return this.rowCount;
  }

  /** By arc: its agent. Valid until the next `append`. */
  get agentOf(): Int32Array {
    return this.agents;
  }

  /** By arc: its cost. Valid until the next `append`. */
  get costOf(): Float64Array {
    return this.costs;
  }

  /**
   * By delivery: the index of its first arc; its arcs end before the next delivery's first. Valid until the next
   * `append`.
   */
  get startOf(): Int32Array {
    return this.starts;
  }

  /**
   * Adds a delivery with its arcs.
   * @throws RangeError when a cost is not a non-negative integer or an agent does not exist
   */
  append(row: readonly FlowArc[]): void {
    const from = this.starts[this.rowCount] ?? 0;
    const to = from + row.length;
    if (this.rowCount + 2 > this.starts.length) this.starts = enlarge(this.starts, this.rowCount + 2, Int32Array);
    if (to > this.agents.length) {
      this.agents = enlarge(this.agents, to, Int32Array);
      this.costs = enlarge(this.costs, to, Float64Array);
    }
    this.toSortedArcs(row).forEach(({ agent, cost }, index) => {
      this.agents[from + index] = agent;
      this.costs[from + index] = cost;
    });
    this.rowCount += 1;
    this.starts[this.rowCount] = to;
  }

  private toSortedArcs(row: readonly FlowArc[]): FlowArc[] {
    for (const { agent, cost } of row) {
      if (!Number.isInteger(cost) || cost < 0)
        throw new RangeError(`The cost of an arc must be a non-negative integer, not ${cost}.`);
      if (!Number.isInteger(agent) || agent < 0 || agent >= this.agentCount) {
        throw new RangeError(`The arc leads to agent ${agent}, but there are ${this.agentCount} agents.`);
      }
    }
    const maxCost = row.reduce((max, { cost }) => Math.max(max, cost), 0);
    if ((maxCost + 1) * this.agentCount >= MAX_EXACT) {
      return [...row].sort((a, b) => a.cost - b.cost || a.agent - b.agent);
    }
    // Cost and index are packed into one number: sorting numbers is several times faster than sorting objects with a
    // comparator.
    const keys = Float64Array.from(row, ({ agent, cost }) => cost * this.agentCount + agent).sort();
    return Array.from(keys, (key) => {
      const cost = Math.floor(key / this.agentCount);
      return { cost, agent: key - cost * this.agentCount };
    });
  }
}

function enlarge<T extends Int32Array | Float64Array>(list: T, minLength: number, kind: new (length: number) => T): T {
  const larger = new kind(Math.max(minLength, Math.ceil(list.length * 1.5)));
  larger.set(list);
  return larger;
}
