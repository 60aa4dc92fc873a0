import type { Instructions } from '#libs/contracts/index.js';
import { analyzed, byPerson, keyed } from '../../testing/routing-under-test.js';
import { mergeInstructions } from './merge-instructions.js';

const evidence = { start: 0, end: 12, text: 'nobody’s home' };
const keys: Instructions = { present: keyed(true), complexity: 1 };
const words: Instructions = { present: { ...analyzed(false), evidence }, complexity: 2 };

describe('keyed and spoken instructions', () => {
  it.each([
    ['keys first', keys, words],
    ['words first', words, keys],
  ])('that contradict each other leave a question, and the keys count (%s)', (_order, first, second) => {
    expect(mergeInstructions(first, second)).toEqual({
      ...{ present: keys.present, complexity: 2 },
      questions: { ...analyzed([{ about: 'present', said: 'nobody’s home' }]), confidence: 1 },
    });
  });

  it('leave one question per field, and none if words agree, are uncertain, or concern another field', () => {
    const asked = mergeInstructions(keys, words);
    expect(mergeInstructions(asked, words).questions).toEqual(asked.questions);
    for (const other of [
      { present: analyzed(true) },
      { present: { ...analyzed(false), confidence: 0.5 } },
      { refused: analyzed(true) },
    ]) {
      expect(mergeInstructions(keys, { ...other, complexity: 1 }).questions).toBeUndefined();
    }
  });

  it('are resolved by a person', () => {
    const cleared = mergeInstructions(mergeInstructions(keys, words), { present: byPerson(false), complexity: 1 });
    expect(cleared).toEqual({ present: byPerson(false), complexity: 2 });
  });
});
