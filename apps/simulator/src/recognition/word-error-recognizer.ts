import type { Random } from '../faults/faults.module.js';
import type { RecognizedSpeech, SpokenUtterance, UtteranceRecognizer } from './utterance-recognizer.js';

/** Words that a recognizer of telephone speech tends to insert or substitute. */
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
 * Simulates a speech recognizer, for runs of thousands of calls. Each word has an error with probability `rate`,
 * independently: 60% of the errors substitute the word, 20% delete it and 20% insert a word after it, which is about
 * the proportion in telephone speech. `rate` is thus the expected word error rate. The confidence is
 * `0.95 − 0.6 × share of words with an error`, ±0.04.
 * @param rate 0 to 1
 */
export function withWordErrors(text: string, rate: number, random: Random): RecognizedSpeech {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const randomConfusion = (): string => confusions[Math.floor(random() * confusions.length)] ?? 'the';
  let errors = 0;
  const heard = words.flatMap((word) => {
    if (random() >= rate) return [word];
    errors += 1;
    const kind = random();
    if (kind < 0.6) return [randomConfusion()];
    return kind < 0.8 ? [] : [word, randomConfusion()];
  });
  const share = words.length === 0 ? 1 : errors / words.length;
  const confidence = 0.95 - 0.6 * share + (random() - 0.5) * 0.08;
  return { text: heard.join(' '), confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 1000) / 1000 };
}

export class WordErrorRecognizer implements UtteranceRecognizer {
  constructor(
    private readonly rate: number,
    private readonly random: Random,
  ) {}

  recognize(utterance: SpokenUtterance): Promise<RecognizedSpeech> {
    return Promise.resolve(withWordErrors(utterance.text, this.rate, this.random));
  }
}
