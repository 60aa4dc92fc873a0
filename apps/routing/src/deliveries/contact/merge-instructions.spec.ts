import type { Instructions } from '#libs/contracts/index.js';
import { analyzed, byReviewer, keyed } from '../../testing/routing-under-test.js';
import { mergeInstructions } from './merge-instructions.js';

const evidence = { start: 0, end: 12, text: 'nobody’s home' };
const keys: Instructions = { present: keyed(true), complexity: 1 };
const words: Instructions = { present: { ...analyzed(false), evidence }, complexity: 2 };

describe('keyed and spoken instructions', () => {
  it.each([
    ['keys first', keys, words],
    ['words first', words, keys],
  ])('that contradict each other add a question, and the keyed ones are used (%s)', (_order, first, second) => {
    expect(mergeInstructions(first, second)).toEqual({
      present: keys.present,
      complexity: 2,
      questions: { ...analyzed([{ about: 'present', said: 'nobody’s home' }]), confidence: 1 },
    });
  });

  it('add one question per field, and no question if words agree, are uncertain, or concern another field', () => {
    const merged = mergeInstructions(keys, words);
    expect(mergeInstructions(merged, words).questions).toEqual(merged.questions);
    for (const other of [
      { present: analyzed(true) },
      { present: { ...analyzed(false), confidence: 0.5 } },
      { refused: analyzed(true) },
    ]) {
      expect(mergeInstructions(keys, { ...other, complexity: 1 }).questions).toBeUndefined();
    }
  });

  it('have no question after a review', () => {
    const reviewed = mergeInstructions(mergeInstructions(keys, words), { present: byReviewer(false), complexity: 1 });
    expect(reviewed).toEqual({ present: byReviewer(false), complexity: 2 });
  });
});
