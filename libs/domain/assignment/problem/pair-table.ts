import { travelSeconds } from '#libs/domain/geo/index.js';
import { evaluatePair, getPairCost, type PairEvaluation } from './evaluate-pair.js';
import type { Agent, AssignmentWeights, Delivery, KnownTravelTimes } from './types.js';

/** Replaces `Infinity` in sort keys. Exceeds any travel cost, and is small enough for sort keys to stay exact. */
const MAX_TRAVEL_SECONDS = 1e9;

/**
 * Evaluates pairs of a delivery and an agent on demand, because travel cost alone rules out most pairs, and caches the
 * results.
 */
export class PairTable {
  private readonly evaluations: Map<number, PairEvaluation>[];
  private readonly nearest: (Int32Array | undefined)[];

  constructor(
    readonly deliveries: readonly Delivery[],
    readonly agents: readonly Agent[],
    private readonly now: Date,
    private readonly weights: AssignmentWeights,
    private readonly travelTimes?: KnownTravelTimes,
  ) {
    this.evaluations = deliveries.map(() => new Map<number, PairEvaluation>());
    this.nearest = deliveries.map(() => undefined);
  }

  /** Evaluates a pair, given by the indexes of delivery and agent. */
  evaluate(delivery: number, agent: number): PairEvaluation {
    const row = this.evaluations[delivery] as Map<number, PairEvaluation>;
    const cached = row.get(agent);
    if (cached) return cached;
    const travelTimeSeconds = this.getTravelSeconds(delivery, agent);
    const evaluation = evaluatePair(
      this.agentAt(agent),
      this.deliveryAt(delivery),
      this.now,
      this.weights,
      travelTimeSeconds,
    );
    row.set(agent, evaluation);
    return evaluation;
  }

  /** The cost of the pair in seconds; `Infinity` where it is infeasible. */
  getCost(delivery: number, agent: number): number {
    const pair = this.evaluate(delivery, agent);
    return pair.feasible ? getPairCost(pair) : Infinity;
  }

  /** A lower bound of the pair's cost: travel alone. It does not decrease along `nearestAgents`. */
  getMinCost(delivery: number, agent: number): number {
    return Math.round(this.getTravelSeconds(delivery, agent) * this.weights.travel);
  }

  /** All agents by ascending travel cost, ties by index. */
  nearestAgents(delivery: number): Int32Array {
    const cached = this.nearest[delivery];
    if (cached) return cached;
    const count = this.agents.length;
    // Cost and index are packed into one number, because sorting numbers is fast. Agents without a road to the delivery
    // come last.
    const cappedCost = (agent: number): number => Math.min(this.getMinCost(delivery, agent), MAX_TRAVEL_SECONDS);
    const keys = Float64Array.from(this.agents, (_, agent) => cappedCost(agent) * count + agent).sort();
    const order = Int32Array.from(keys, (key) => key % count);
    this.nearest[delivery] = order;
    return order;
  }

  private getTravelSeconds(delivery: number, agent: number): number {
    const [to, from] = [this.deliveryAt(delivery), this.agentAt(agent)];
    return this.travelTimes?.get(to.id)?.get(from.id) ?? travelSeconds(from.position, to.position, this.weights);
  }

  private deliveryAt(index: number): Delivery {
    return this.deliveries[index] as Delivery;
  }

  private agentAt(index: number): Agent {
    return this.agents[index] as Agent;
  }
}
