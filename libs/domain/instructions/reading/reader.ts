import type { InstructionQuestion } from '../model/types.js';
import { FeatureSet } from './feature-set.js';
import { INTENTS, LABEL_COUNT, TAGS, type Intent, type Tag } from './labels.js';
import { decodeLabels } from './label-sequence.js';
import type { ReaderModel } from './reader-model.js';
import { sliceSentence, toSentence, type Sentence } from './sentence.js';
import { emitTextFeatures } from './text-features.js';
import { emitTokenFeatures } from './token-features.js';
import type { Token } from './tokens.js';

/** Maximum number of tokens, about a minute of speech. A person must read the rest of a longer text. */
export const MAX_TOKENS = 160;

/** Consecutive tokens with one tag. */
export interface Span {
  readonly tag: Tag;
  /** Indexes of the first token and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Likelihood of the least likely token, 0–1. */
  readonly confidence: number;
}

/** A part of a text, and the likelihood of each intent in this part, 0–1. */
export interface Passage extends Pick<Span, 'from' | 'to'> {
  readonly intents: Readonly<Record<Intent, number>>;
}

/** The output of the reader: intents and tagged spans, before grammars parse the spans. */
export interface Reading {
  readonly tokens: readonly Token[];
  readonly spans: readonly Span[];
  /** Likelihood of each intent, 0–1. */
  readonly intents: Readonly<Record<Intent, number>>;
  /** Overlapping parts of a long text, or the whole text if it is short. */
  readonly passages: readonly Passage[];
  /** Whether the text is longer than what was read, and where reading ended. */
  readonly isCut: boolean;
  readonly end: number;
}

/**
 * Returns the factor by which the sum of the weights of an intent is multiplied, so that long texts do not score
 * higher.
 */
export const toTextNorm = (features: number): number => 3 / Math.sqrt(features + 1);

/** Reads a text with a trained model. */
export function readText(model: ReaderModel, text: string, question: InstructionQuestion): Reading {
  const sentence = toSentence(text, question, MAX_TOKENS + 1);
  const isCut = sentence.tokens.length > MAX_TOKENS;
  const count = Math.min(sentence.tokens.length, MAX_TOKENS);
  const sums = new Int32Array(count * LABEL_COUNT);
  for (let at = 0; at < count; at += 1) {
    emitTokenFeatures(sentence, at, (feature) => model.labels.addTo(sums, at * LABEL_COUNT, feature));
  }
  const scores = Float64Array.from(sums, (sum) => sum * model.labels.scale);
  const { labels, likelihoods } = count === 0 ? NOTHING : decodeLabels(scores, model.transitions);
  return {
    tokens: sentence.tokens.slice(0, count),
    spans: toSpans(labels, likelihoods),
    intents: scoreIntents(model, sentence),
    passages: readPassages(model, sentence, count),
    isCut,
    end: sentence.tokens[count - 1]?.end ?? 0,
  };
}

/** Length of a passage, and the distance between the beginnings of two, in tokens. */
const PASSAGE = { length: 9, step: 3 } as const;

/**
 * Reads each part of a text separately, because in a long text the other words outweigh a wish of a few words.
 */
function readPassages(model: ReaderModel, sentence: Sentence, count: number): Passage[] {
  if (count <= PASSAGE.length + 2) return [{ from: 0, to: count, intents: scoreIntents(model, sentence) }];
  const passages: Passage[] = [];
  for (let from = 0; from < count - 2; from += PASSAGE.step) {
    const to = Math.min(count, from + PASSAGE.length);
    passages.push({ from, to, intents: scoreIntents(model, sliceSentence(sentence, from, to)) });
  }
  return passages;
}

/** Reused for all texts, because reading is synchronous. */
const features = new FeatureSet();

/** The likelihood of each intent, 0–1. */
function scoreIntents(model: ReaderModel, sentence: Sentence): Record<Intent, number> {
  features.clear();
  const sums = new Int32Array(INTENTS.length);
  emitTextFeatures(sentence, (feature) => {
    if (features.add(feature)) model.intents.addTo(sums, 0, feature);
  });
  const norm = toTextNorm(features.size) * model.intents.scale;
  const likelihoods = INTENTS.map((intent, index) => [
    intent,
    sigmoid((sums[index] ?? 0) * norm + (model.biases[index] ?? 0)),
  ]);
  return Object.fromEntries(likelihoods) as Record<Intent, number>;
}

const NOTHING = { labels: new Int32Array(0), likelihoods: new Float32Array(0) };

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

function toSpans(labels: Int32Array, likelihoods: Float32Array): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < labels.length; from += 1) {
    const label = labels[from] ?? 0;
    if (label % 2 === 0) continue;
    let to = from + 1;
    while (to < labels.length && labels[to] === label + 1) to += 1;
    const tag = TAGS[(label - 1) / 2];
    if (tag) spans.push({ tag, from, to, confidence: Math.min(...likelihoods.subarray(from, to)) });
    from = to - 1;
  }
  return spans;
}
