import { INTENTS } from '#libs/domain/instructions/reading/labels.js';
import { toTextNorm } from '#libs/domain/instructions/reading/reader.js';
import type { Example } from './examples.js';
import { shrink, shuffle, type TrainingOptions } from './train-labels.js';
import type { Random } from './vary-utterance.js';

export interface IntentWeights {
  /** `row * INTENTS.length + intent` */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

const COUNT = INTENTS.length;
const NEGLIGIBLE = 0.002;
/** In this share of the steps only single words are seen, so that they learn as well as the pairs that hold them. */
const HIDE_PAIRS = 0.5;
/** In this share of the steps single words and pairs are seen. */
const HIDE_SEQUENCES = 0.3;

/** Trains one logistic regression per intent, by AdaGrad with an L1 penalty. */
export function trainIntents(
  examples: readonly Example[],
  rows: number,
  options: TrainingOptions,
  random: Random,
): IntentWeights {
  const weights = new Float32Array(rows * COUNT);
  const squares = new Float32Array(weights.length).fill(0.01);
  const biases = new Float32Array(COUNT).fill(-3);
  const biasSquares = new Float32Array(COUNT).fill(0.1);
  const order = [...examples];
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = options.rate * (1 - epoch / options.epochs) + 0.005;
    for (const { text, families, intents } of order) {
      const draw = random();
      const last = draw < HIDE_PAIRS ? 0 : draw < HIDE_PAIRS + HIDE_SEQUENCES ? 1 : 2;
      const features = text.filter((_, index) => (families[index] ?? 0) <= last && random() >= options.dropout);
      const norm = toTextNorm(features.length);
      const likelihoods = toLikelihoods(features, { weights, biases });
      for (let intent = 0; intent < COUNT; intent += 1) {
        const slope = (likelihoods[intent] ?? 0) - (intents[intent] ?? 0);
        if (Math.abs(slope) < NEGLIGIBLE) continue;
        const biasSquare = (biasSquares[intent] ?? 0) + slope * slope;
        biasSquares[intent] = biasSquare;
        biases[intent] = (biases[intent] ?? 0) - (rate / Math.sqrt(biasSquare)) * slope;
        const scaled = slope * norm;
        for (const feature of features) {
          const index = feature * COUNT + intent;
          const square = (squares[index] ?? 0) + scaled * scaled;
          squares[index] = square;
          const size = rate / Math.sqrt(square);
          weights[index] = shrink((weights[index] ?? 0) - size * scaled, size * options.sparsity);
        }
      }
    }
  }
  return { weights, biases };
}

/** The likelihood of each intent, 0–1. */
export function toLikelihoods(features: Int32Array, { weights, biases }: IntentWeights): Float64Array {
  const sums = new Float64Array(COUNT);
  for (const feature of features) {
    for (let intent = 0; intent < COUNT; intent += 1) {
      sums[intent] = (sums[intent] ?? 0) + (weights[feature * COUNT + intent] ?? 0);
    }
  }
  const norm = toTextNorm(features.length);
  return sums.map((sum, intent) => 1 / (1 + Math.exp(-(sum * norm + (biases[intent] ?? 0)))));
}
