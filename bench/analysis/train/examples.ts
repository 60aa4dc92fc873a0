import { INTENTS, TAGS, type Intent } from '#libs/domain/instructions/reading/labels.js';
import { MAX_TOKENS } from '#libs/domain/instructions/reading/reader.js';
import { toSentence } from '#libs/domain/instructions/reading/sentence.js';
import { emitTextFeatures, type FeatureFamily } from '#libs/domain/instructions/reading/text-features.js';
import { emitTokenFeatures } from '#libs/domain/instructions/reading/token-features.js';
import type { Token } from '#libs/domain/instructions/reading/tokens.js';
import { FeatureRows } from './feature-rows.js';
import { readMarks, type MarkedSpan, type MarkedUtterance } from './marked-utterances.js';
import { varyMarkedText, type Random } from './vary-utterance.js';

/** An utterance as training sees it. */
export interface Example {
  readonly utterance: MarkedUtterance;
  /** Rows of the features of each token. */
  readonly tokens: readonly Int32Array[];
  /** The right label of each token. */
  readonly labels: Int32Array;
  /** Rows of the features of the whole text. */
  readonly text: Int32Array;
  /** The family of each of these features. */
  readonly families: Uint8Array;
  /** 1 for each intent that is meant. */
  readonly intents: Float32Array;
}

interface RawExample extends Pick<Example, 'utterance' | 'labels' | 'intents'> {
  readonly tokens: readonly Int32Array[];
  readonly text: ReadonlyMap<number, FeatureFamily>;
}

export interface ExampleSet {
  readonly train: readonly Example[];
  readonly held: readonly Example[];
  readonly tokenFeatures: FeatureRows;
  readonly textFeatures: FeatureRows;
}

const LEAST_TOKEN_FEATURES = 4;
const LEAST_TEXT_FEATURES = 4;

/**
 * Prepares examples, each in its own words and in `variants` variants.
 * @param isHeld which utterances are kept away from training
 */
export function prepareExamples(
  utterances: readonly MarkedUtterance[],
  isHeld: (index: number) => boolean,
  variants: number,
  random: Random,
): ExampleSet {
  const tokenCounts = new Map<number, number>();
  const textCounts = new Map<number, number>();
  const train: RawExample[] = [];
  const held: RawExample[] = [];
  utterances.forEach((utterance, index) => {
    if (isHeld(index)) {
      held.push(toRaw(utterance, utterance.text, utterance.spans));
      return;
    }
    const own = toRaw(utterance, utterance.text, utterance.spans);
    train.push(own);
    // Counted in the words as they were written, so that variants do not make rare features look frequent.
    for (const features of own.tokens) count(tokenCounts, features);
    count(textCounts, own.text.keys());
    for (let variant = 0; variant < variants; variant += 1) {
      const language = utterance.locale.startsWith('es') ? 'es' : 'en';
      const { text, spans } = readMarks(varyMarkedText(utterance.marked, language, random));
      train.push(toRaw(utterance, text, spans));
      const other = utterances[Math.floor(random() * utterances.length)];
      if (other && other !== utterance && random() < JOINED_SHARE) {
        const joined = joinUtterances(utterance, other, random);
        if (joined) train.push(joined);
      }
    }
  });
  const tokenFeatures = new FeatureRows(tokenCounts, LEAST_TOKEN_FEATURES);
  const textFeatures = new FeatureRows(textCounts, LEAST_TEXT_FEATURES);
  const toExample = (raw: RawExample): Example => {
    const known = [...raw.text].filter(([feature]) => textFeatures.has(feature));
    return {
      ...raw,
      tokens: raw.tokens.map((features) => tokenFeatures.find(features)),
      text: textFeatures.find(known.map(([feature]) => feature)),
      families: Uint8Array.from(known, ([, family]) => family),
    };
  };
  return { train: train.map(toExample), held: held.map(toExample), tokenFeatures, textFeatures };
}

/** What may be added to anything else that a customer says. */
const ADDITIONS: ReadonlySet<Intent> = new Set([
  'dog',
  'ice',
  'stairs',
  'gate',
  'hazard',
  'fragile',
  'signature',
  'attended',
  'ring',
  'no_ring',
  'handling',
  'call_ahead',
]);
const JOINED_SHARE = 0.6;

/** Two utterances as one person may say them, one after the other, so that long texts are read like short ones. */
function joinUtterances(first: MarkedUtterance, second: MarkedUtterance, random: Random): RawExample | null {
  const language = first.locale.startsWith('es') ? 'es' : 'en';
  const isAddition = [...second.intents].every((intent) => ADDITIONS.has(intent));
  if (!second.locale.startsWith(language) || !isAddition) return null;
  const joints =
    language === 'es' ? [' ', ' y ', '. ', ' también ', ' ah y '] : [' ', ' and ', '. ', ' also ', ' oh and '];
  const joint = joints[Math.floor(random() * joints.length)] ?? ' ';
  const [one, other] = random() < 0.7 ? [first, second] : [second, first];
  const { text, spans } = readMarks(
    varyMarkedText(`${one.marked.replace(/[.!?]+$/, '')}${joint}${other.marked}`, language, random),
  );
  const joined = { ...first, intents: new Set([...first.intents, ...second.intents]) };
  return toRaw(joined, text, spans);
}

function count(counts: Map<number, number>, features: Iterable<number>): void {
  for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
}

function toRaw(utterance: MarkedUtterance, text: string, spans: readonly MarkedSpan[]): RawExample {
  const sentence = toSentence(text, utterance.question, MAX_TOKENS);
  const textFeatures = new Map<number, FeatureFamily>();
  emitTextFeatures(sentence, (feature, family) => textFeatures.set(feature, family));
  return {
    utterance,
    tokens: sentence.tokens.map((_, at) => {
      const features: number[] = [];
      emitTokenFeatures(sentence, at, (feature) => features.push(feature));
      return Int32Array.from(features);
    }),
    labels: toLabels(sentence.tokens, spans),
    text: textFeatures,
    intents: Float32Array.from(INTENTS, (intent) => Number(utterance.intents.has(intent))),
  };
}

function toLabels(tokens: readonly Token[], spans: readonly MarkedSpan[]): Int32Array {
  const labels = new Int32Array(tokens.length);
  for (const { tag, start, end } of spans) {
    const begin = 1 + 2 * TAGS.indexOf(tag);
    let label = begin;
    tokens.forEach((token, at) => {
      if (token.start >= end || token.end <= start) return;
      labels[at] = label;
      label = begin + 1;
    });
  }
  return labels;
}
