import { analyzeInstructions } from '#libs/domain/instructions/index.js';
import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import { readAnalysisSet, type LabeledUtterance } from '../../bench/analysis/analysis-set.js';
import { findWrongActs } from '../../bench/analysis/find-wrong-acts.js';
import { judgeAnalysis } from '../../bench/analysis/judge-analysis.js';

/**
 * Utterances from public bug reports (`case-…`), and siblings of the same kinds by an author who had not seen the
 * grammar. At least a third of the siblings are the opposite: what is naively found in them is right, so that an analyst
 * that finds nothing fails as well.
 */
const SET = 'bench/analysis/sets/field-kinds.jsonl';
/** Share of what is said, 0–1, that must be found. */
const MIN_RECALL = 0.75;
const MIN_SIBLINGS = 5;

const kindOf = ({ id }: LabeledUtterance): string => id.slice(0, id.indexOf('/'));
const analyze = ({ id: _id, expected: _expected, ...context }: LabeledUtterance) =>
  analyzeInstructions(context, loadReaderModel());

const utterances = await readAnalysisSet(SET);
const kinds = [...new Set(utterances.map(kindOf))];

describe.each(kinds)('%s', (kind) => {
  const ofKind = utterances.filter((utterance) => kindOf(utterance) === kind);

  it('has siblings', () => {
    expect(ofKind.filter(({ id }) => !id.includes('/case-')).length).toBeGreaterThanOrEqual(MIN_SIBLINGS);
  });

  it.each(ofKind)('does nothing false: $id "$text"', (utterance) => {
    expect(findWrongActs(analyze(utterance), utterance.expected)).toEqual([]);
  });

  it('finds most of what is said', () => {
    const verdicts = ofKind
      .flatMap((utterance) => judgeAnalysis(analyze(utterance), utterance.expected))
      .filter(({ field }) => field !== 'complexity');
    const said = verdicts.reduce((sum, { expected }) => sum + expected.length, 0);
    const found = verdicts.reduce((sum, { right }) => sum + right, 0);
    expect(found / said).toBeGreaterThanOrEqual(MIN_RECALL);
  });
});
