import type { Random } from '../faults/faults.module.js';
import type { Recognised, SpokenUtterance, UtteranceRecogniser } from './utterance-recogniser.js';

/** Words a recogniser of telephone speech tends to put in or mistake others for. */
const confusions = [
  'the',
  'a',
  'to',
  'and',
  'in',
  'it',
  'is',
  'of',
  'for',
  'on',
  'at',
  'I',
  'you',
  'that',
  'so',
  'was',
];

/**
 * A model of a recogniser, for runs of thousands of calls. Each word errs with probability `rate`, independently: six in
 * ten errors substitute it, two in ten drop it, two in ten put a word after it (about the proportions of telephone
 * speech). So `rate` is the expected word error rate. The confidence falls with the share of words that erred:
 * `0.95 − 0.6 × share`, and varies by ±0.04.
 */
export function withWordErrors(text: string, rate: number, random: Random): Recognised {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const another = (): string => confusions[Math.floor(random() * confusions.length)] ?? 'the';
  let errors = 0;
  const heard = words.flatMap((word) => {
    if (random() >= rate) return [word];
    errors += 1;
    const kind = random();
    if (kind < 0.6) return [another()];
    return kind < 0.8 ? [] : [word, another()];
  });
  const share = words.length === 0 ? 1 : errors / words.length;
  const confidence = 0.95 - 0.6 * share + (random() - 0.5) * 0.08;
  return { text: heard.join(' '), confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 1000) / 1000 };
}

export class WordErrorRecogniser implements UtteranceRecogniser {
  constructor(
    private readonly rate: number,
    private readonly random: Random,
  ) {}

  recognise(utterance: SpokenUtterance): Promise<Recognised> {
    return Promise.resolve(withWordErrors(utterance.text, this.rate, this.random));
  }
}
