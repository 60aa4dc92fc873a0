import { LABEL_COUNT } from './labels.js';

/** The most likely sequence of labels, and the marginal probability of each. */
export interface LabelSequence {
  readonly labels: Int32Array;
  /** By token, 0–1. */
  readonly likelihoods: Float32Array;
}

/** Whether a label must not follow another: "inside" continues only its own tag. */
export const isForbidden = (from: number, to: number): boolean =>
  to > 0 && to % 2 === 0 && from !== to && from !== to - 1;

const FORBIDDEN = Uint8Array.from({ length: LABEL_COUNT ** 2 }, (_, index) =>
  Number(isForbidden(Math.floor(index / LABEL_COUNT), index % LABEL_COUNT)),
);
const IMPOSSIBLE = -1e9;

/**
 * Decodes a linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001): the sequence by Viterbi, the
 * likelihoods by forward-backward.
 * @param scores of each label by token, `token * LABEL_COUNT + label`
 */
export function decodeLabels(scores: Float64Array, transitions: Float32Array): LabelSequence {
  const count = scores.length / LABEL_COUNT;
  const labels = findBestLabels(scores, transitions, count);
  const { forward, backward } = computeMarginals(scores, transitions, count);
  const likelihoods = new Float32Array(count);
  for (let at = 0; at < count; at += 1) {
    let sum = 0;
    const label = labels[at] ?? 0;
    for (let one = 0; one < LABEL_COUNT; one += 1) {
      sum += (forward[at * LABEL_COUNT + one] ?? 0) * (backward[at * LABEL_COUNT + one] ?? 0);
    }
    likelihoods[at] =
      ((forward[at * LABEL_COUNT + label] ?? 0) * (backward[at * LABEL_COUNT + label] ?? 0)) / (sum || 1);
  }
  return { labels, likelihoods };
}

function findBestLabels(scores: Float64Array, transitions: Float32Array, count: number): Int32Array {
  const best = new Float64Array(count * LABEL_COUNT);
  const previous = new Int32Array(count * LABEL_COUNT);
  for (let to = 0; to < LABEL_COUNT; to += 1) best[to] = isForbidden(0, to) ? IMPOSSIBLE : (scores[to] ?? 0);
  for (let at = 1; at < count; at += 1) {
    for (let to = 0; to < LABEL_COUNT; to += 1) {
      let highest = IMPOSSIBLE * 2;
      let from = 0;
      for (let one = 0; one < LABEL_COUNT; one += 1) {
        if (FORBIDDEN[one * LABEL_COUNT + to] === 1) continue;
        const score = (best[(at - 1) * LABEL_COUNT + one] ?? 0) + (transitions[one * LABEL_COUNT + to] ?? 0);
        if (score > highest) {
          highest = score;
          from = one;
        }
      }
      best[at * LABEL_COUNT + to] = highest + (scores[at * LABEL_COUNT + to] ?? 0);
      previous[at * LABEL_COUNT + to] = from;
    }
  }
  const labels = new Int32Array(count);
  let label = 0;
  for (let one = 1; one < LABEL_COUNT; one += 1) {
    if ((best[(count - 1) * LABEL_COUNT + one] ?? 0) > (best[(count - 1) * LABEL_COUNT + label] ?? 0)) label = one;
  }
  for (let at = count - 1; at >= 0; at -= 1) {
    labels[at] = label;
    label = previous[at * LABEL_COUNT + label] ?? 0;
  }
  return labels;
}

/** Forward and backward probabilities, scaled at each token to prevent underflow. */
export interface Marginals {
  readonly forward: Float64Array;
  readonly backward: Float64Array;
  /** `exp(score)`, scaled by token. */
  readonly emissions: Float64Array;
  /** `exp(transition)`, 0 where it is forbidden. */
  readonly steps: Float64Array;
}

/** Runs the forward-backward algorithm over `count` tokens. */
export function computeMarginals(scores: Float64Array, transitions: Float32Array, count: number): Marginals {
  const steps = Float64Array.from(transitions, (score, index) => (FORBIDDEN[index] === 1 ? 0 : Math.exp(score)));
  const emissions = new Float64Array(count * LABEL_COUNT);
  const forward = new Float64Array(count * LABEL_COUNT);
  const backward = new Float64Array(count * LABEL_COUNT);
  for (let at = 0; at < count; at += 1) {
    const row = at * LABEL_COUNT;
    let highest = IMPOSSIBLE;
    for (let label = 0; label < LABEL_COUNT; label += 1) highest = Math.max(highest, scores[row + label] ?? 0);
    for (let label = 0; label < LABEL_COUNT; label += 1) {
      emissions[row + label] = Math.exp((scores[row + label] ?? 0) - highest);
    }
    let sum = 0;
    for (let to = 0; to < LABEL_COUNT; to += 1) {
      let arriving = 0;
      if (at === 0) arriving = isForbidden(0, to) ? 0 : 1;
      else {
        for (let from = 0; from < LABEL_COUNT; from += 1) {
          arriving += (forward[row - LABEL_COUNT + from] ?? 0) * (steps[from * LABEL_COUNT + to] ?? 0);
        }
      }
      const value = arriving * (emissions[row + to] ?? 0);
      forward[row + to] = value;
      sum += value;
    }
    for (let to = 0; to < LABEL_COUNT; to += 1) forward[row + to] = (forward[row + to] ?? 0) / sum;
  }
  backward.fill(1, (count - 1) * LABEL_COUNT);
  for (let at = count - 2; at >= 0; at -= 1) {
    const row = at * LABEL_COUNT;
    let sum = 0;
    for (let from = 0; from < LABEL_COUNT; from += 1) {
      let leaving = 0;
      for (let to = 0; to < LABEL_COUNT; to += 1) {
        const next = row + LABEL_COUNT + to;
        leaving += (steps[from * LABEL_COUNT + to] ?? 0) * (emissions[next] ?? 0) * (backward[next] ?? 0);
      }
      backward[row + from] = leaving;
      sum += leaving;
    }
    for (let from = 0; from < LABEL_COUNT; from += 1) backward[row + from] = (backward[row + from] ?? 0) / sum;
  }
  return { forward, backward, emissions, steps };
}
