import { LABEL_COUNT } from '#libs/domain/instructions/reading/labels.js';
import { computeMarginals } from '#libs/domain/instructions/reading/label-sequence.js';
import type { Example } from './examples.js';
import type { Random } from './vary-utterance.js';

export interface LabelWeights {
  /** `row * LABEL_COUNT + label` */
  readonly weights: Float32Array;
  readonly transitions: Float32Array;
}

export interface TrainingOptions {
  readonly epochs: number;
  readonly rate: number;
  /** Weights shrink by this share of each step, so that most become zero. */
  readonly sparsity: number;
  /** Share of the features that are hidden at each step, so that no single one decides. */
  readonly dropout: number;
}

const NEGLIGIBLE = 1e-4;

/**
 * Trains a linear-chain conditional random field by AdaGrad (Duchi, Hazan and Singer, 2011) with an L1 penalty.
 * @param rows number of features
 * @param report called after each epoch
 */
export function trainLabels(
  examples: readonly Example[],
  rows: number,
  options: TrainingOptions,
  random: Random,
  report: (epoch: number) => void,
): LabelWeights {
  const weights = new Float32Array(rows * LABEL_COUNT);
  const squares = new Float32Array(weights.length).fill(0.01);
  const transitions = new Float32Array(LABEL_COUNT ** 2);
  const stepSquares = new Float32Array(transitions.length).fill(0.01);
  const order = [...examples];
  const gradient = new Float64Array(LABEL_COUNT);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = options.rate * (1 - epoch / options.epochs) + 0.005;
    for (const example of order) step(example, rate);
    report(epoch);
  }
  return { weights, transitions };

  function step({ tokens: all, labels }: Example, rate: number): void {
    const count = all.length;
    if (count === 0) return;
    const tokens = all.map((features) => features.filter(() => random() >= options.dropout));
    const { forward, backward, emissions, steps } = computeMarginals(toScores(tokens, weights), transitions, count);
    for (let at = 0; at < count; at += 1) {
      const row = at * LABEL_COUNT;
      let sum = 0;
      for (let label = 0; label < LABEL_COUNT; label += 1) {
        gradient[label] = (forward[row + label] ?? 0) * (backward[row + label] ?? 0);
        sum += gradient[label] ?? 0;
      }
      for (let label = 0; label < LABEL_COUNT; label += 1) gradient[label] = (gradient[label] ?? 0) / sum;
      const right = labels[at] ?? 0;
      gradient[right] = (gradient[right] ?? 0) - 1;
      for (const feature of tokens[at] ?? []) updateRow(feature * LABEL_COUNT, rate);
      if (at > 0) updateTransitions(at, labels, forward, backward, emissions, steps, rate);
    }
  }

  function updateRow(from: number, rate: number): void {
    for (let label = 0; label < LABEL_COUNT; label += 1) {
      const slope = gradient[label] ?? 0;
      if (Math.abs(slope) < NEGLIGIBLE) continue;
      const index = from + label;
      const square = (squares[index] ?? 0) + slope * slope;
      squares[index] = square;
      const size = rate / Math.sqrt(square);
      weights[index] = shrink((weights[index] ?? 0) - size * slope, size * options.sparsity);
    }
  }

  function updateTransitions(
    at: number,
    labels: Int32Array,
    forward: Float64Array,
    backward: Float64Array,
    emissions: Float64Array,
    steps: Float64Array,
    rate: number,
  ): void {
    const row = at * LABEL_COUNT;
    const pairs = new Float64Array(transitions.length);
    let sum = 0;
    for (let from = 0; from < LABEL_COUNT; from += 1) {
      for (let to = 0; to < LABEL_COUNT; to += 1) {
        const pair =
          (forward[row - LABEL_COUNT + from] ?? 0) *
          (steps[from * LABEL_COUNT + to] ?? 0) *
          (emissions[row + to] ?? 0) *
          (backward[row + to] ?? 0);
        pairs[from * LABEL_COUNT + to] = pair;
        sum += pair;
      }
    }
    const right = (labels[at - 1] ?? 0) * LABEL_COUNT + (labels[at] ?? 0);
    for (let index = 0; index < pairs.length; index += 1) {
      const slope = (pairs[index] ?? 0) / sum - Number(index === right);
      if (Math.abs(slope) < NEGLIGIBLE) continue;
      const square = (stepSquares[index] ?? 0) + slope * slope;
      stepSquares[index] = square;
      transitions[index] = (transitions[index] ?? 0) - (rate / Math.sqrt(square)) * slope;
    }
  }
}

/** Scores of all labels of each token. */
export function toScores(tokens: readonly Int32Array[], weights: Float32Array): Float64Array {
  const scores = new Float64Array(tokens.length * LABEL_COUNT);
  tokens.forEach((features, at) => {
    for (const feature of features) {
      for (let label = 0; label < LABEL_COUNT; label += 1) {
        const index = at * LABEL_COUNT + label;
        scores[index] = (scores[index] ?? 0) + (weights[feature * LABEL_COUNT + label] ?? 0);
      }
    }
  });
  return scores;
}

export const shrink = (weight: number, by: number): number =>
  weight > by ? weight - by : weight < -by ? weight + by : 0;

export function shuffle<T>(list: T[], random: Random): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [list[last] as T, list[other] as T];
    list[last] = b;
    list[other] = a;
  }
}
