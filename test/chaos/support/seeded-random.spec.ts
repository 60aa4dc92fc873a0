import { SeededRandom } from './seeded-random.js';

const draw = (random: SeededRandom): number[] => Array.from({ length: 5 }, () => random.next());

it('SeededRandom repeats a sequence for the same seed and name', () => {
  expect(draw(new SeededRandom(7))).toEqual(draw(new SeededRandom(7)));
  expect(draw(SeededRandom.named(7, 'faults'))).toEqual(draw(SeededRandom.named(7, 'faults')));
  expect(draw(SeededRandom.named(7, 'faults'))).not.toEqual(draw(SeededRandom.named(7, 'deliveries')));
  expect(draw(SeededRandom.named(7, 'faults'))).not.toEqual(draw(SeededRandom.named(8, 'faults')));
});

it('SeededRandom draws within bounds, and shuffles without losing items', () => {
  const random = new SeededRandom(1);
  const integers = Array.from({ length: 1_000 }, () => random.integer(2, 4));
  expect(new Set(integers)).toEqual(new Set([2, 3, 4]));
  expect(random.shuffle([1, 2, 3, 4, 5]).toSorted()).toEqual([1, 2, 3, 4, 5]);
  expect(() => random.pick([])).toThrow('nothing to pick');
});
