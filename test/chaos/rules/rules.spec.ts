import { evidence } from '../testing/fabricate.js';
import { judge } from './rules.js';

it('finds nothing in a run in which nothing is wrong', () => {
  expect(judge(evidence()).flatMap(({ violations }) => violations)).toEqual([]);
});
