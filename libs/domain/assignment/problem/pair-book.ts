import { travelSeconds } from '#libs/domain/geo/index.js';
import { judgePair, pairCost, type PairJudgement } from './judge-pair.js';
import type { Agent, AssignmentWeights, Delivery, KnownWays } from './types.js';

/** Seconds that nobody travels. */
const FURTHEST = 1e9;

/** Every pair of a delivery and an agent, judged when it is first asked for: of most pairs the distance says enough. */
export class PairBook {
  private readonly judged: Map<number, PairJudgement>[];
  private readonly nearest: (Int32Array | undefined)[];

  constructor(
    readonly deliveries: readonly Delivery[],
    readonly agents: readonly Agent[],
    private readonly now: Date,
    private readonly weights: AssignmentWeights,
    private readonly ways?: KnownWays,
  ) {
    this.judged = deliveries.map(() => new Map<number, PairJudgement>());
    this.nearest = deliveries.map(() => undefined);
  }

  pair(delivery: number, agent: number): PairJudgement {
    const row = this.judged[delivery] as Map<number, PairJudgement>;
    const known = row.get(agent);
    if (known) return known;
    const way = this.secondsOnTheWay(delivery, agent);
    const judgement = judgePair(this.agentAt(agent), this.deliveryAt(delivery), this.now, this.weights, way);
    row.set(agent, judgement);
    return judgement;
  }

  /** What the pair costs; Infinity where it is forbidden. */
  cost(delivery: number, agent: number): number {
    const pair = this.pair(delivery, agent);
    return pair.feasible ? pairCost(pair) : Infinity;
  }

  /** What the pair costs at least: the way there. In the order of `nearestTo` it does not fall. */
  leastCost(delivery: number, agent: number): number {
    return Math.round(this.secondsOnTheWay(delivery, agent) * this.weights.travel);
  }

  /** All agents, the nearest first; of those as near as each other the first by index. */
  nearestTo(delivery: number): Int32Array {
    const known = this.nearest[delivery];
    if (known) return known;
    const count = this.agents.length;
    // Cost and index in one number: to sort numbers is quick.
    // What no road leads to comes last.
    const costOf = (agent: number): number => Math.min(this.leastCost(delivery, agent), FURTHEST);
    const keys = Float64Array.from(this.agents, (_, agent) => costOf(agent) * count + agent).sort();
    const order = Int32Array.from(keys, (key) => key % count);
    this.nearest[delivery] = order;
    return order;
  }

  private secondsOnTheWay(delivery: number, agent: number): number {
    const [to, from] = [this.deliveryAt(delivery), this.agentAt(agent)];
    return this.ways?.get(to.id)?.get(from.id) ?? travelSeconds(from.position, to.position, this.weights);
  }

  private deliveryAt(index: number): Delivery {
    return this.deliveries[index] as Delivery;
  }

  private agentAt(index: number): Agent {
    return this.agents[index] as Agent;
  }
}
