import { ArcTable, TransportSimplex, type FlowArc } from '#libs/domain/assignment/index.js';
import { mulberry32 } from '../seeded-random.js';
import { toAnswer, median, type Answer } from './answer.js';
import { greedyCost } from './greedy.js';
import { solveWithOrTools, type OrToolsAnswer } from './ortools.js';
import type { ArcsProblem } from './problem-file.js';

const RUNS = 5;
const REPLANS = 20;

export interface ArcsMeasurement {
  readonly answer: Answer;
  readonly buildMs: number;
  readonly solveMs: readonly number[];
  readonly greedy: number;
  readonly orTools: OrToolsAnswer | undefined;
  /** One time per delivery added. */
  readonly replanMs: readonly number[];
  /** Whether the problem with its lists shuffled has the same cost. */
  readonly shuffledIsSame: boolean;
}

/**
 * Solves the problem several times, compares with OR-tools and the greedy plan on identical arcs, and replans after
 * each of several added deliveries.
 */
export async function measureArcs(
  problem: ArcsProblem,
  withOrTools: boolean,
  report: (line: string) => void,
): Promise<ArcsMeasurement> {
  const { capacities, unassignedCosts } = problem;
  const began = performance.now();
  const rows = toRows(problem);
  const table = ArcTable.of(rows, capacities.length);
  const buildMs = performance.now() - began;
  const runs = Array.from({ length: RUNS }, () => measureTime(() => solve(table, problem)));
  const simplex = runs[0]?.value as TransportSimplex;
  const solveMs = runs.map(({ ms }) => ms);
  report(`solved ${RUNS} times`);
  const answer = toAnswer(simplex.toPlan(), simplex.getCost(), simplex.getCost(), median(solveMs));
  const orTools = withOrTools
    ? await solveWithOrTools(
        {
          arcs: problem.arcs,
          unassignedCosts,
          agents: capacities.length,
          runs: RUNS,
          places: capacities.map((capacity, agent) => [agent, capacity, 0] as const),
        },
        report,
      )
    : undefined;
  return {
    answer,
    buildMs,
    solveMs,
    orTools,
    greedy: greedyCost(problem),
    shuffledIsSame: solveFromScratch(shuffle(problem)).getCost() === answer.cost,
    replanMs: measureReplanning(simplex, table, rows, unassignedCosts),
  };
}

const solveFromScratch = (problem: ArcsProblem): TransportSimplex =>
  solve(ArcTable.of(toRows(problem), problem.capacities.length), problem);

function solve(table: ArcTable, { capacities, unassignedCosts }: ArcsProblem): TransportSimplex {
  const simplex = new TransportSimplex(table, capacities, unassignedCosts);
  simplex.solve();
  return simplex;
}

function toRows({ arcs, unassignedCosts }: ArcsProblem): FlowArc[][] {
  const rows = unassignedCosts.map((): FlowArc[] => []);
  for (const [delivery, agent, cost] of arcs) rows[delivery]?.push({ agent, cost });
  return rows;
}

/** Adds deliveries one after another, each similar to an existing one, and measures each replanning. */
function measureReplanning(
  simplex: TransportSimplex,
  table: ArcTable,
  rows: readonly (readonly FlowArc[])[],
  unassignedCosts: readonly number[],
): number[] {
  if (rows.length === 0) return [];
  const random = mulberry32(rows.length);
  return Array.from({ length: REPLANS }, () => {
    const template = Math.floor(random() * rows.length);
    const row = (rows[template] ?? []).map(({ agent, cost }) => ({ agent, cost: cost + Math.floor(random() * 60) }));
    return measureTime(() => {
      table.append(row);
      simplex.addDelivery(unassignedCosts[template] ?? 0);
      simplex.solve();
    }).ms;
  });
}

/** The same problem with deliveries and agents renumbered and its arcs in another order. */
function shuffle({ arcs, capacities, unassignedCosts }: ArcsProblem): ArcsProblem {
  const random = mulberry32(7);
  const createRandomOrder = (count: number): number[] =>
    Array.from({ length: count }, (_, index) => ({ index, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ index }) => index);
  const [deliveryAt, agentAt] = [createRandomOrder(unassignedCosts.length), createRandomOrder(capacities.length)];
  const inverse = (list: readonly number[]): number[] => {
    const inverted: number[] = [];
    list.forEach((from, to) => (inverted[from] = to));
    return inverted;
  };
  const [newDelivery, newAgent] = [inverse(deliveryAt), inverse(agentAt)];
  return {
    arcs: createRandomOrder(arcs.length).map((at): [number, number, number] => {
      const [delivery, agent, cost] = arcs[at] ?? [0, 0, 0];
      return [newDelivery[delivery] ?? 0, newAgent[agent] ?? 0, cost];
    }),
    capacities: agentAt.map((from) => capacities[from] ?? 0),
    unassignedCosts: deliveryAt.map((from) => unassignedCosts[from] ?? 0),
  };
}

function measureTime<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const began = performance.now();
  const value = work();
  return { value, ms: performance.now() - began };
}
