import fc from 'fast-check';

import { seededRandom } from '../faults/random.js';
import { SpeechRecognizer } from './utterance-recognizer.js';
import { withWordErrors } from './word-error-recognizer.js';

describe('withWordErrors', () => {
  it('changes nothing at rate 0', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/)), fc.integer(), (words, seed) => {
        expect(withWordErrors(words.join(' '), 0, seededRandom(seed)).text).toBe(words.join(' '));
      }),
    );
  });

  it('has errors in the given share of words, and a lower confidence with more errors', () => {
    const random = seededRandom(7);
    const text = Array.from({ length: 20 }, (_, index) => `w${index}`).join(' ');
    let wrong = 0;
    let confidence = 0;
    const runs = 500;
    for (let run = 0; run < runs; run++) {
      const heard = withWordErrors(text, 0.2, random);
      const kept = new Set(heard.text.split(' '));
      const inserted = heard.text.split(' ').filter((word) => !/^w\d/.test(word)).length;
      const missing = 20 - [...kept].filter((word) => /^w\d/.test(word)).length;
      // Deleted and substituted words are missing, and every substitution also inserts a word.
      wrong += Math.max(missing, inserted);
      confidence += heard.confidence;
    }
    expect(wrong / runs / 20).toBeGreaterThan(0.15);
    expect(wrong / runs / 20).toBeLessThan(0.22);
    expect(confidence / runs).toBeCloseTo(0.95 - 0.6 * 0.2, 1);
  });

  it('gives the same result for the same seed', () => {
    const once = (): string => withWordErrors('please leave it at the front door', 0.5, seededRandom(3)).text;
    expect(once()).toBe(once());
  });
});

describe('speech recognition', () => {
  const wav = Buffer.from('sound');

  it('transcribes each utterance once', async () => {
    let listened = 0;
    const recognizer = new SpeechRecognizer(() => Promise.resolve({ text: 'yes', confidence: ++listened / 10 }));
    const hear = (id: string, language = 'en-US') => recognizer.recognize({ id, text: 'Yes.', wav }, language);
    expect([await hear('a'), await hear('a'), await hear('b')].map(({ confidence }) => confidence)).toEqual([
      0.1, 0.1, 0.2,
    ]);
  });

  it('tries again after a failure, and recognizes nothing without audio', async () => {
    let tries = 0;
    const recognizer = new SpeechRecognizer(() =>
      ++tries === 1 ? Promise.reject(new Error('overloaded')) : Promise.resolve({ text: 'yes', confidence: 1 }),
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
