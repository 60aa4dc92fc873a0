import { evidence } from '../testing/sample-evidence.js';
import { judge } from './rules.js';

it('judge reports nothing for a run without violations', () => {
  expect(judge(evidence()).flatMap(({ violations }) => violations)).toEqual([]);
});
