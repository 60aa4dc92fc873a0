import type { Random } from '../faults/faults.module.js';
import type { RecognizedSpeech, SpokenUtterance, UtteranceRecognizer } from './utterance-recognizer.js';

/** Words that a recognizer of telephone speech tends to insert or substitute. */
const CONFUSIONS = [
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
  const randomConfusion = (): string => CONFUSIONS[Math.floor(random() * CONFUSIONS.length)] ?? 'the';
  let errorCount = 0;
  const recognizedWords = words.flatMap((word) => {
    if (random() >= rate) return [word];
    errorCount += 1;
    const kind = random();
    if (kind < 0.6) return [randomConfusion()];
    return kind < 0.8 ? [] : [word, randomConfusion()];
  });
  const errorShare = words.length === 0 ? 1 : errorCount / words.length;
  const confidence = 0.95 - 0.6 * errorShare + (random() - 0.5) * 0.08;
  return {
    text: recognizedWords.join(' '),
    confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 1000) / 1000,
  };
}

/** Returns the customer's words with random errors, without audio. */
export class WordErrorRecognizer implements UtteranceRecognizer {
  constructor(
    private readonly rate: number,
    private readonly random: Random,
  ) {}

  recognize(utterance: SpokenUtterance): Promise<RecognizedSpeech> {
    return Promise.resolve(withWordErrors(utterance.text, this.rate, this.random));
  }
}
