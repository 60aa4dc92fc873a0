/** A column: a load that one agent's vehicle can hold, with the sum of its arcs' costs. */
export interface Load {
  readonly agent: number;
  readonly deliveries: readonly number[];
  readonly cost: number;
}

/** The part of a problem that is not fixed yet, by indexes of the whole problem. */
export interface OpenPart {
  readonly deliveries: readonly number[];
  readonly agents: readonly number[];
}

/** Dual values of the master problem's constraints, except those of the agents. */
export interface DualValues {
  /** By delivery of the whole problem: the dual value of "taken or unassigned"; 0 where it is fixed. */
  readonly byDelivery: readonly number[];
  /** The dual value of "a minimum number of deliveries stays unassigned"; not below 0. */
  readonly minUnassigned: number;
}

/** Smaller numbers are treated as 0, because of rounding errors. */
const EPSILON = 1e-7;
/** The maximum perturbation of the right-hand sides: with equal ones, the simplex method can cycle. */
const PERTURBATION = 1e-6;
/**
 * Perturbations are multiples of it modulo 1, which are spread evenly and, unlike random numbers, the same in every
 * run.
 */
const GOLDEN_RATIO = 0.618_033_988_75;

/**
 * The restricted master problem of column generation (Savelsbergh 1997, for generalized assignment).
 *
 * It chooses the share of each known load at minimum cost, so that every delivery is taken or unassigned at its
 * penalty, no agent takes more than one load, and a minimum number of deliveries stays unassigned. It is solved by the
 * revised simplex method with a dense inverse; after columns are added, it continues from the last basis.
 *
 * Rows: the open deliveries, the open agents, and one that counts all unassigned deliveries. Variables, in this order:
 * by delivery, that it is unassigned; the slack of each agent; the surplus of unassigned deliveries (these three are
 * the initial basis); by delivery, the number of times beyond one that it is taken; the loads.
 */
export class MasterProblem {
  private readonly rows: number;
  /** The row that counts all unassigned deliveries. */
  private readonly unassignedRow: number;
  /** The index of the first load among the variables. */
  private readonly firstLoad: number;
  private readonly rowOfDelivery = new Map<number, number>();
  private readonly rowOfAgent = new Map<number, number>();
  private readonly loads: Load[] = [];
  /** By load: the rows with a coefficient of 1. */
  private readonly rowsOfLoad: Int32Array[] = [];
  private readonly costs: number[];
  private readonly basis: Int32Array;
  private readonly inverse: Float64Array;
  private readonly values: Float64Array;
  private readonly duals: Float64Array;

  /**
   * @param unassignedCosts by delivery of the whole problem: the cost of leaving it unassigned
   * @param minUnassigned the minimum number of open deliveries that every plan leaves unassigned
   */
  constructor(
    private readonly open: OpenPart,
    private readonly unassignedCosts: readonly number[],
    readonly minUnassigned: number,
  ) {
    open.deliveries.forEach((delivery, row) => this.rowOfDelivery.set(delivery, row));
    open.agents.forEach((agent, index) => this.rowOfAgent.set(agent, open.deliveries.length + index));
    const rows = open.deliveries.length + open.agents.length + 1;
    const openUnassignedCosts = open.deliveries.map((delivery) => unassignedCosts[delivery] ?? 0);
    this.rows = rows;
    this.unassignedRow = rows - 1;
    this.firstLoad = rows + openUnassignedCosts.length;
    this.costs = [...openUnassignedCosts, ...Array.from({ length: rows }, () => 0)];
    this.basis = Int32Array.from({ length: rows }, (_, row) => row);
    this.inverse = new Float64Array(rows * rows);
    for (let row = 0; row < rows; row += 1) this.inverse[row * rows + row] = 1;
    this.values = Float64Array.from({ length: rows }, (_, row) => 1 + PERTURBATION * ((row * GOLDEN_RATIO) % 1));
    this.values[this.unassignedRow] = openUnassignedCosts.reduce(
      (sum, _, row) => sum + (this.values[row] as number),
      -minUnassigned,
    );
    this.inverse.fill(1, this.unassignedRow * rows, this.unassignedRow * rows + openUnassignedCosts.length);
    this.inverse[rows * rows - 1] = -1;
    this.duals = Float64Array.from({ length: rows }, (_, row) => openUnassignedCosts[row] ?? 0);
  }

  /** The dual values of the current solution, clamped to their valid ranges. */
  get dualValues(): DualValues {
    const unassignedDual = Math.max(0, this.duals[this.unassignedRow] as number);
    const dualValues = this.unassignedCosts.map(() => 0);
    this.open.deliveries.forEach((delivery, row) => {
      const max = Math.max(0, (this.unassignedCosts[delivery] ?? 0) - unassignedDual);
      dualValues[delivery] = Math.max(0, Math.min(max, this.duals[row] as number));
    });
    return { byDelivery: dualValues, minUnassigned: unassignedDual };
  }

  /** The objective value of the current solution. */
  get cost(): number {
    return this.basis.reduce((sum, variable, row) => sum + (this.costs[variable] ?? 0) * (this.values[row] ?? 0), 0);
  }

  /** The loads with a positive share in the solution. */
  get shares(): { readonly load: Load; readonly share: number }[] {
    return [...this.basis].flatMap((variable, row) => {
      const load = this.loads[variable - this.firstLoad];
      const share = this.values[row] ?? 0;
      return load && share > EPSILON ? [{ load, share }] : [];
    });
  }

  /** All known loads by ascending reduced cost. */
  get loadsByReducedCost(): Load[] {
    return this.loads
      .map((load, index) => ({ load, reducedCost: this.getReducedCost(this.firstLoad + index) }))
      .sort((a, b) => a.reducedCost - b.reducedCost)
      .map(({ load }) => load);
  }

  /**
   * Adds a column.
   * @returns whether its reduced cost is negative; otherwise it is not added
   */
  add(load: Load): boolean {
    const { agent, deliveries, cost } = load;
    const rows = Int32Array.of(
      ...deliveries.map((delivery) => this.rowOfDelivery.get(delivery) as number),
      this.rowOfAgent.get(agent) as number,
    );
    const gain = rows.reduce((sum, row) => sum + (this.duals[row] ?? 0), -cost);
    if (gain <= EPSILON * Math.max(1, cost)) return false;
    this.loads.push(load);
    this.rowsOfLoad.push(rows);
    this.costs.push(cost);
    return true;
  }

  /**
   * Pivots until the solution is optimal or the iteration limit is exceeded.
   * @returns the number of iterations used
   */
  solve(maxIterations: number): number {
    let iterations = 0;
    while (iterations <= maxIterations) {
      const entering = this.selectEntering();
      if (entering < 0) break;
      const column = this.toColumn(entering);
      const leaving = this.selectLeaving(column);
      if (leaving < 0) break;
      iterations += this.loads.length + this.pivot(entering, leaving, column);
    }
    return iterations;
  }

  private getReducedCost(variable: number): number {
    let reduced = this.costs[variable] as number;
    if (variable === this.unassignedRow) return reduced + (this.duals[variable] as number);
    if (variable < this.open.deliveries.length) reduced -= this.duals[this.unassignedRow] as number;
    if (variable < this.rows) return reduced - (this.duals[variable] as number);
    if (variable < this.firstLoad) return reduced + (this.duals[variable - this.rows] as number);
    const rows = this.rowsOfLoad[variable - this.firstLoad] as Int32Array;
    for (let at = 0; at < rows.length; at += 1) reduced -= this.duals[rows[at] as number] as number;
    return reduced;
  }

  /** Selects the variable with the most negative reduced cost relative to its cost, or -1. */
  private selectEntering(): number {
    let [lowest, entering] = [-EPSILON, -1];
    for (let variable = 0; variable < this.costs.length; variable += 1) {
      const reduced = this.getReducedCost(variable);
      if (reduced >= 0) continue;
      const relative = reduced / Math.max(1, this.costs[variable] as number);
      if (relative < lowest) [lowest, entering] = [relative, variable];
    }
    return entering;
  }

  /** Returns the variable's column in terms of the current basis. */
  private toColumn(variable: number): Float64Array {
    const { rows, inverse } = this;
    const column = new Float64Array(rows);
    const addColumn = (at: number, sign: number): void => {
      for (let row = 0; row < rows; row += 1)
        column[row] = (column[row] as number) + sign * (inverse[row * rows + at] as number);
    };
    if (variable < this.open.deliveries.length) addColumn(this.unassignedRow, 1);
    if (variable === this.unassignedRow) addColumn(variable, -1);
    else if (variable < rows) addColumn(variable, 1);
    else if (variable < this.firstLoad) addColumn(variable - rows, -1);
    else for (const at of this.rowsOfLoad[variable - this.firstLoad] ?? []) addColumn(at, 1);
    return column;
  }

  /** Selects the row of the basis variable that first falls to 0 (ratio test), or -1. */
  private selectLeaving(column: Float64Array): number {
    let [lowest, leaving] = [Infinity, -1];
    for (let row = 0; row < this.rows; row += 1) {
      const slope = column[row] as number;
      if (slope < EPSILON) continue;
      const ratio = Math.max(0, this.values[row] as number) / slope;
      if (ratio < lowest || (ratio === lowest && slope > (column[leaving] ?? 0))) [lowest, leaving] = [ratio, row];
    }
    return leaving;
  }

  /**
   * Replaces the basis variable of row `leaving` by the variable `entering`.
   * @returns the number of iterations used
   */
  private pivot(entering: number, leaving: number, column: Float64Array): number {
    const { rows, inverse, values, duals } = this;
    const reduced = this.getReducedCost(entering);
    const slope = column[leaving] as number;
    const pivotOffset = leaving * rows;
    const amount = (values[leaving] as number) / slope;
    // Most entries of a row are 0 and stay 0.
    const nonZeroColumns: number[] = [];
    for (let at = 0; at < rows; at += 1) {
      if (inverse[pivotOffset + at] === 0) continue;
      inverse[pivotOffset + at] = (inverse[pivotOffset + at] as number) / slope;
      nonZeroColumns.push(at);
    }
    let iterations = rows;
    for (let row = 0; row < rows; row += 1) {
      const factor = column[row] as number;
      if (row === leaving || factor === 0) continue;
      values[row] = (values[row] as number) - amount * factor;
      iterations += nonZeroColumns.length;
      const rowOffset = row * rows;
      for (let index = 0; index < nonZeroColumns.length; index += 1) {
        const at = nonZeroColumns[index] as number;
        inverse[rowOffset + at] = (inverse[rowOffset + at] as number) - factor * (inverse[pivotOffset + at] as number);
      }
    }
    values[leaving] = amount;
    for (const at of nonZeroColumns)
      duals[at] = (duals[at] as number) + reduced * (inverse[pivotOffset + at] as number);
    this.basis[leaving] = entering;
    return iterations;
  }
}
