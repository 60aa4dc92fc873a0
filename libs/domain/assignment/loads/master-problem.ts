/** What one agent takes along at once, and what the ways to all of it cost. */
export interface Filling {
  readonly agent: number;
  readonly deliveries: readonly number[];
  readonly cost: number;
}

/** What is still to be decided of a problem, by its own indexes. */
export interface OpenPart {
  readonly deliveries: readonly number[];
  readonly agents: readonly number[];
}

/** What is paid for, the room aside. */
export interface Prices {
  /** By delivery of the whole problem: what taking it is worth; nothing where it is decided. */
  readonly worth: readonly number[];
  /** What one fewer left out would be worth beyond that: not below 0. */
  readonly scarcity: number;
}

/** Less than this is no gain, and no share: rounding. */
const EPSILON = 1e-7;
/** So much the right-hand sides differ at most: equal ones make the simplex method go in circles. */
const PERTURBATION = 1e-6;
/** Well spread, and the same each time. */
const GOLDEN_RATIO = 0.618_033_988_75;

/**
 * The restricted master problem of column generation (Savelsbergh 1997, for generalised assignment): which share of which
 * known filling, so that every delivery is taken or left out at its price, no agent is filled more than once, and no fewer are
 * left out than must be, at the least cost. Solved by the revised simplex method with a dense inverse; what is added goes on
 * from the solution before it.
 *
 * Its rows are the open deliveries, the open agents, and one for all that is left out. Its variables in this order: what is left
 * out, by delivery, the agents' slack, and how many more are left out than must be (these begin as the basis); what is taken more
 * than once, by delivery; the fillings.
 */
export class MasterProblem {
  private readonly rows: number;
  /** The row of all that is left out. */
  private readonly allOut: number;
  private readonly firstFilling: number;
  private readonly rowOf = new Map<number, number>();
  private readonly rowOfAgent = new Map<number, number>();
  private readonly fillings: Filling[] = [];
  /** By filling: the rows it stands in. */
  private readonly rowsOf: Int32Array[] = [];
  private readonly costs: number[];
  private readonly basis: Int32Array;
  private readonly inverse: Float64Array;
  private readonly values: Float64Array;
  private readonly duals: Float64Array;

  /**
   * @param unassignedCosts by delivery of the whole problem, the price of leaving it out
   * @param leastOut how many of the open deliveries every plan leaves out
   */
  constructor(
    private readonly open: OpenPart,
    private readonly unassignedCosts: readonly number[],
    readonly leastOut: number,
  ) {
    open.deliveries.forEach((delivery, row) => this.rowOf.set(delivery, row));
    open.agents.forEach((agent, index) => this.rowOfAgent.set(agent, open.deliveries.length + index));
    const rows = open.deliveries.length + open.agents.length + 1;
    const out = open.deliveries.map((delivery) => unassignedCosts[delivery] ?? 0);
    this.rows = rows;
    this.allOut = rows - 1;
    this.firstFilling = rows + out.length;
    this.costs = [...out, ...Array.from({ length: rows }, () => 0)];
    this.basis = Int32Array.from({ length: rows }, (_, row) => row);
    this.inverse = new Float64Array(rows * rows);
    for (let row = 0; row < rows; row += 1) this.inverse[row * rows + row] = 1;
    this.values = Float64Array.from({ length: rows }, (_, row) => 1 + PERTURBATION * ((row * GOLDEN_RATIO) % 1));
    this.values[this.allOut] = out.reduce((sum, _, row) => sum + (this.values[row] as number), -leastOut);
    this.inverse.fill(1, this.allOut * rows, this.allOut * rows + out.length);
    this.inverse[rows * rows - 1] = -1;
    this.duals = Float64Array.from({ length: rows }, (_, row) => out[row] ?? 0);
  }

  get prices(): Prices {
    const scarcity = Math.max(0, this.duals[this.allOut] as number);
    const worth = this.unassignedCosts.map(() => 0);
    this.open.deliveries.forEach((delivery, row) => {
      const most = Math.max(0, (this.unassignedCosts[delivery] ?? 0) - scarcity);
      worth[delivery] = Math.max(0, Math.min(most, this.duals[row] as number));
    });
    return { worth, scarcity };
  }

  get cost(): number {
    return this.basis.reduce((sum, variable, row) => sum + (this.costs[variable] ?? 0) * (this.values[row] ?? 0), 0);
  }

  /** The fillings in the solution, with their shares. */
  get shares(): { readonly filling: Filling; readonly share: number }[] {
    return [...this.basis].flatMap((variable, row) => {
      const filling = this.fillings[variable - this.firstFilling];
      const share = this.values[row] ?? 0;
      return filling && share > EPSILON ? [{ filling, share }] : [];
    });
  }

  /** The known fillings in the order of how little they cost beyond what they are worth. */
  get byReducedCost(): Filling[] {
    return this.fillings
      .map((filling, index) => ({ filling, reduced: this.reducedCost(this.firstFilling + index) }))
      .sort((a, b) => a.reduced - b.reduced)
      .map(({ filling }) => filling);
  }

  /** @returns whether it promises a gain at the present prices; one that does not is left out */
  add(filling: Filling): boolean {
    const { agent, deliveries, cost } = filling;
    const rows = Int32Array.of(
      ...deliveries.map((delivery) => this.rowOf.get(delivery) as number),
      this.rowOfAgent.get(agent) as number,
    );
    const gain = rows.reduce((sum, row) => sum + (this.duals[row] ?? 0), -cost);
    if (gain <= EPSILON * Math.max(1, cost)) return false;
    this.fillings.push(filling);
    this.rowsOf.push(rows);
    this.costs.push(cost);
    return true;
  }

  /** @returns how many numbers were looked at; the solution is optimal unless they are more than `mostLooks` */
  solve(mostLooks: number): number {
    let looks = 0;
    while (looks <= mostLooks) {
      const entering = this.mostPromising();
      if (entering < 0) break;
      const column = this.columnOf(entering);
      const leaving = this.leavingRow(column);
      if (leaving < 0) break;
      looks += this.fillings.length + this.pivot(entering, leaving, column);
    }
    return looks;
  }

  private reducedCost(variable: number): number {
    let reduced = this.costs[variable] as number;
    if (variable === this.allOut) return reduced + (this.duals[variable] as number);
    if (variable < this.open.deliveries.length) reduced -= this.duals[this.allOut] as number;
    if (variable < this.rows) return reduced - (this.duals[variable] as number);
    if (variable < this.firstFilling) return reduced + (this.duals[variable - this.rows] as number);
    const rows = this.rowsOf[variable - this.firstFilling] as Int32Array;
    for (let at = 0; at < rows.length; at += 1) reduced -= this.duals[rows[at] as number] as number;
    return reduced;
  }

  /** The variable that gains most for what it costs; -1 where none does. */
  private mostPromising(): number {
    let [least, entering] = [-EPSILON, -1];
    for (let variable = 0; variable < this.costs.length; variable += 1) {
      const reduced = this.reducedCost(variable);
      if (reduced >= 0) continue;
      const relative = reduced / Math.max(1, this.costs[variable] as number);
      if (relative < least) [least, entering] = [relative, variable];
    }
    return entering;
  }

  /** The variable's column as the basis sees it. */
  private columnOf(variable: number): Float64Array {
    const { rows, inverse } = this;
    const column = new Float64Array(rows);
    const add = (at: number, sign: number): void => {
      for (let row = 0; row < rows; row += 1)
        column[row] = (column[row] as number) + sign * (inverse[row * rows + at] as number);
    };
    if (variable < this.open.deliveries.length) add(this.allOut, 1);
    if (variable === this.allOut) add(variable, -1);
    else if (variable < rows) add(variable, 1);
    else if (variable < this.firstFilling) add(variable - rows, -1);
    else for (const at of this.rowsOf[variable - this.firstFilling] ?? []) add(at, 1);
    return column;
  }

  private leavingRow(column: Float64Array): number {
    let [least, leaving] = [Infinity, -1];
    for (let row = 0; row < this.rows; row += 1) {
      const slope = column[row] as number;
      if (slope < EPSILON) continue;
      const ratio = Math.max(0, this.values[row] as number) / slope;
      if (ratio < least || (ratio === least && slope > (column[leaving] ?? 0))) [least, leaving] = [ratio, row];
    }
    return leaving;
  }

  /** @returns how many numbers it looked at */
  private pivot(entering: number, leaving: number, column: Float64Array): number {
    const { rows, inverse, values, duals } = this;
    const reduced = this.reducedCost(entering);
    const slope = column[leaving] as number;
    const from = leaving * rows;
    const amount = (values[leaving] as number) / slope;
    // Most of a row is empty, and stays so.
    const filled: number[] = [];
    for (let at = 0; at < rows; at += 1) {
      if (inverse[from + at] === 0) continue;
      inverse[from + at] = (inverse[from + at] as number) / slope;
      filled.push(at);
    }
    let looks = rows;
    for (let row = 0; row < rows; row += 1) {
      const own = column[row] as number;
      if (row === leaving || own === 0) continue;
      values[row] = (values[row] as number) - amount * own;
      looks += filled.length;
      const to = row * rows;
      for (let index = 0; index < filled.length; index += 1) {
        const at = filled[index] as number;
        inverse[to + at] = (inverse[to + at] as number) - own * (inverse[from + at] as number);
      }
    }
    values[leaving] = amount;
    for (const at of filled) duals[at] = (duals[at] as number) + reduced * (inverse[from + at] as number);
    this.basis[leaving] = entering;
    return looks;
  }
}
