import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import { analyzeInstructions } from './analyze-instructions.js';

const rate = (text: string): readonly [number, readonly string[]] => {
  const { complexity, complexityFactors } = analyzeInstructions(
    {
      ...{ text, locale: 'en-US', zone: 'America/Chicago', question: 'open' },
      now: new Date('2026-03-02T15:00:00Z'),
      planned: { start: new Date('2026-03-02T20:00:00Z'), end: new Date('2026-03-02T22:00:00Z') },
    },
    loadReaderModel(),
  );
  return [complexity, complexityFactors];
};

describe('complexity of instructions', () => {
  it.each([
    ['thanks bye', 1, []],
    ['leave it in the garage', 1, ['safe_place']],
    ['the gate code is four five two one', 2, ['access_code']],
    ['if nobody answers leave it in the garage', 3, ['safe_place', 'condition']],
    ['leave it in the garage, the code is 4521 and beware of the dog', 3, ['safe_place', 'access_code', 'hazards']],
  ])('rates “%s” %i because of %j', (text, complexity, factors) => {
    expect(rate(text)).toEqual([complexity, factors]);
  });
});
