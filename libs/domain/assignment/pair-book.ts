import { travelSeconds } from '#libs/domain/geo/index.js';
import { judgePair, pairCost, type PairJudgement } from './judge-pair.js';
import type { Agent, AssignmentWeights, Delivery } from './types.js';

/** Every pair of a delivery and an agent, judged when it is first asked for: of most pairs the distance says enough. */
export class PairBook {
  private readonly judged: Map<number, PairJudgement>[];
  private readonly nearest: (Int32Array | undefined)[];

  constructor(
    readonly deliveries: readonly Delivery[],
    readonly agents: readonly Agent[],
    private readonly now: Date,
    private readonly weights: AssignmentWeights,
  ) {
    this.judged = deliveries.map(() => new Map<number, PairJudgement>());
    this.nearest = deliveries.map(() => undefined);
  }

  pair(delivery: number, agent: number): PairJudgement {
    const row = this.judged[delivery] as Map<number, PairJudgement>;
    const known = row.get(agent);
    if (known) return known;
    const judgement = judgePair(this.agentAt(agent), this.deliveryAt(delivery), this.now, this.weights);
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
    const seconds = travelSeconds(this.agentAt(agent).position, this.deliveryAt(delivery).position, this.weights);
    return Math.round(seconds * this.weights.travel);
  }

  /** All agents, the nearest first; of those as near as each other the first by index. */
  nearestTo(delivery: number): Int32Array {
    const known = this.nearest[delivery];
    if (known) return known;
    const count = this.agents.length;
    // Cost and index in one number: to sort numbers is quick.
    const keys = Float64Array.from(this.agents, (_, agent) => this.leastCost(delivery, agent) * count + agent).sort();
    const order = Int32Array.from(keys, (key) => key % count);
    this.nearest[delivery] = order;
    return order;
  }

  private deliveryAt(index: number): Delivery {
    return this.deliveries[index] as Delivery;
  }

  private agentAt(index: number): Agent {
    return this.agents[index] as Agent;
  }
}
