import { INTENT_THRESHOLDS } from '#libs/domain/instructions/findings/thresholds.js';
import { INTENTS, TAGS } from '#libs/domain/instructions/reading/labels.js';
import { decodeLabels } from '#libs/domain/instructions/reading/label-sequence.js';
import type { Example } from './examples.js';
import { formatTable } from '../../figures.js';
import { toLikelihoods, type IntentWeights } from './train-intents.js';
import { toScores, type LabelWeights } from './train-labels.js';

/**
 * Precision, recall and F1 of whole spans by tag, and of intents at their thresholds, on examples that were held out. A
 * span counts only if its tag, its first and its last word are right.
 */
export function formatScores(held: readonly Example[], labels: LabelWeights, intents: IntentWeights): string {
  const byTag = TAGS.map((name) => ({ name: name, right: 0, found: 0, expected: 0 }));
  const byIntent = INTENTS.map((name) => ({ name: name, right: 0, found: 0, expected: 0 }));
  for (const example of held) {
    const expected = listSpans(example.labels);
    const found =
      example.tokens.length === 0
        ? []
        : listSpans(decodeLabels(toScores(example.tokens, labels.weights), labels.transitions).labels);
    for (const [tag] of expected) bump(byTag[tag], 'expected');
    for (const [tag, from, to] of found) {
      bump(byTag[tag], 'found');
      if (expected.some((one) => one[0] === tag && one[1] === from && one[2] === to)) bump(byTag[tag], 'right');
    }
    toLikelihoods(example.text, intents).forEach((likelihood, intent) => {
      const isMeant = example.intents[intent] === 1;
      if (isMeant) bump(byIntent[intent], 'expected');
      if (likelihood < INTENT_THRESHOLDS[INTENTS[intent] ?? 'home']) return;
      bump(byIntent[intent], 'found');
      if (isMeant) bump(byIntent[intent], 'right');
    });
  }
  const rows = [...byTag, ...byIntent].map(({ name, right, found, expected }) => [
    name,
    ...[right / found, right / expected, (2 * right) / (found + expected)].map((value) => (value || 0).toFixed(2)),
    String(expected),
  ]);
  return `${formatTable(['tag or intent', 'precision', 'recall', 'F1', 'expected'], rows)}\n`;
}

interface Counts {
  right: number;
  found: number;
  expected: number;
}

const bump = (counts: Counts | undefined, name: keyof Counts): void => {
  if (counts) counts[name] += 1;
};

/** `[tag, from, to]` of each span. */
function listSpans(labels: Int32Array): [tag: number, from: number, to: number][] {
  const spans: [number, number, number][] = [];
  for (let from = 0; from < labels.length; from += 1) {
    const label = labels[from] ?? 0;
    if (label % 2 === 0) continue;
    let to = from + 1;
    while (labels[to] === label + 1) to += 1;
    spans.push([(label - 1) / 2, from, to]);
  }
  return spans;
}
