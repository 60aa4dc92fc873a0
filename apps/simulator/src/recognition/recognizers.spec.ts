import fc from 'fast-check';

import { createSeededRandom } from '../faults/random.js';
import { SpeechRecognizer } from './utterance-recognizer.js';
import { withWordErrors } from './word-error-recognizer.js';

describe('withWordErrors', () => {
  it('does not change the text at rate 0', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/)), fc.integer(), (words, seed) => {
        expect(withWordErrors(words.join(' '), 0, createSeededRandom(seed)).text).toBe(words.join(' '));
      }),
    );
  });

  it('has errors in the given share of words, and a lower confidence with more errors', () => {
    const random = createSeededRandom(7);
    const text = Array.from({ length: 20 }, (_, index) => `w${index}`).join(' ');
    let errorCount = 0;
    let confidence = 0;
    const runs = 500;
    for (let run = 0; run < runs; run++) {
      const recognized = withWordErrors(text, 0.2, random);
      const recognizedWords = new Set(recognized.text.split(' '));
      const insertedCount = recognized.text.split(' ').filter((word) => !/^w\d/.test(word)).length;
      const missingCount = 20 - [...recognizedWords].filter((word) => /^w\d/.test(word)).length;
      // Deleted and substituted words are missing, and every substitution also inserts a word.
      errorCount += Math.max(missingCount, insertedCount);
      confidence += recognized.confidence;
    }
    expect(errorCount / runs / 20).toBeGreaterThan(0.15);
    expect(errorCount / runs / 20).toBeLessThan(0.22);
    expect(confidence / runs).toBeCloseTo(0.95 - 0.6 * 0.2, 1);
  });

  it('returns the same result for the same seed', () => {
    const recognizeOnce = (): string =>
      withWordErrors('please leave it at the front door', 0.5, createSeededRandom(3)).text;
    expect(recognizeOnce()).toBe(recognizeOnce());
  });
});

describe('speech recognition', () => {
  const wav = Buffer.from('sound');

  it('transcribes each utterance once', async () => {
    let transcriptionCount = 0;
    const recognizer = new SpeechRecognizer(() =>
      Promise.resolve({ text: 'yes', confidence: ++transcriptionCount / 10 }),
    );
    const recognize = (id: string, language = 'en-US') => recognizer.recognize({ id, text: 'Yes.', wav }, language);
    expect(
      [await recognize('a'), await recognize('a'), await recognize('b')].map(({ confidence }) => confidence),
    ).toEqual([0.1, 0.1, 0.2]);
  });

  it('transcribes again after a failure, and returns an empty text without audio', async () => {
    let transcriptionCount = 0;
    const recognizer = new SpeechRecognizer(() =>
      ++transcriptionCount === 1
        ? Promise.reject(new Error('overloaded'))
        : Promise.resolve({ text: 'yes', confidence: 1 }),
    );
    await expect(recognizer.recognize({ id: 'a', text: 'Yes.', wav }, 'en')).rejects.toThrow('overloaded');
    await expect(recognizer.recognize({ id: 'a', text: 'Yes.', wav }, 'en')).resolves.toEqual({
      text: 'yes',
      confidence: 1,
    });
    await expect(recognizer.recognize({ id: 'b', text: 'Yes.', wav: undefined }, 'en')).resolves.toMatchObject({
      text: '',
    });
  });
});
