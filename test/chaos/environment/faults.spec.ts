import { SeededRandom } from '../support/seeded-random.js';
import { planFaults } from './faults.js';

const options = {
  victims: ['routing', 'mongo'],
  kinds: ['kill', 'stop', 'pair'],
  everyMs: 5_000,
  durationMs: 600_000,
} as const;

it('planFaults plans the same faults for the same seed, and others for another seed', () => {
  const plan = (seed: number) => planFaults(SeededRandom.named(seed, 'faults'), options);
  expect(plan(1)).toEqual(plan(1));
  expect(plan(1)).not.toEqual(plan(2));
});

it('planFaults spreads kills, stops and pairs over the duration', () => {
  const faults = planFaults(SeededRandom.named(1, 'faults'), options);
  expect(faults.length).toBeGreaterThan(80);
  expect(faults.length).toBeLessThan(160);
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['kill', 'stop']));
  expect(new Set(faults.map(({ victims }) => victims.length))).toEqual(new Set([1, 2]));
});

it('planFaults plans no faults if no kinds are selected', () => {
  expect(planFaults(new SeededRandom(1), { ...options, kinds: [] })).toEqual([]);
});
