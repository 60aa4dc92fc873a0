import { parseArgs } from 'node:util';
import { LocalInstructionAnalyst } from '#libs/adapters/instruction-analyst/local/local-instruction-analyst.js';
import { OpenAiInstructionAnalyst } from '#libs/adapters/instruction-analyst/openai/openai-instruction-analyst.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { formatTable, jsonLine, judged, formatNumber, reported, type Figure } from '../figures.js';
import { AnalysisSetError, readAnalysisSet, type LabeledUtterance } from './analysis-set.js';
import { isInvented, judgeAnalysis, JUDGED_FIELDS, type FieldVerdict, type JudgedField } from './judge-analysis.js';

const USAGE = `Usage: npm run eval:analysis -- [--set FILE.jsonl] [--analyst local|openai] [--short]

Precision, recall and F1 of an analyst by field, and every miss. Without a set: the project's two sets, one that
was used in development and one that was held out. --short: the first 250 utterances of each. openai needs OPENAI_API_KEY (and takes OPENAI_MODEL, OPENAI_BASE_URL).
Exits 1 when an access code was invented or an utterance could not be analyzed, 2 for invalid arguments or an invalid set.`;

const PROJECT_SETS = ['bench/analysis/sets/developed.jsonl', 'bench/analysis/sets/held-out.jsonl'];
const GOAL_F1 = 0.9;
const SHORT_UTTERANCES = 250;
const FIELDS_WITH_GOAL: ReadonlySet<JudgedField> = new Set([
  'availability',
  'safePlace',
  'accessCode',
  'reschedule',
  'optOut',
]);

interface Judged {
  readonly utterance: LabeledUtterance;
  readonly verdicts: readonly FieldVerdict[];
}

interface Score {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
  readonly abstained: number;
}

const options = readOptions();

function readOptions(): { readonly set?: string; readonly analyst: string; readonly short: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        set: { type: 'string' },
        analyst: { type: 'string', default: 'local' },
        short: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    });
    if (!values.help) return values;
    process.stdout.write(`${USAGE}\n`);
    process.exit(0);
  } catch (error) {
    return exitWithUsage(error instanceof Error ? error.message : String(error));
  }
}

function exitWithUsage(reason: string): never {
  process.stderr.write(`${reason}\n${USAGE}\n`);
  process.exit(2);
}

function createAnalyst(name: string): InstructionAnalyst {
  if (name === 'local') return new LocalInstructionAnalyst();
  const { OPENAI_API_KEY: apiKey, OPENAI_MODEL: model = 'gpt-4o-mini', OPENAI_BASE_URL: baseUrl } = process.env;
  if (name !== 'openai') return exitWithUsage(`There is no analyst "${name}".`);
  return apiKey
    ? new OpenAiInstructionAnalyst({ apiKey, model, baseUrl })
    : exitWithUsage('OPENAI_API_KEY is not set.');
}

async function evaluate(analyst: InstructionAnalyst, utterances: readonly LabeledUtterance[]): Promise<Judged[]> {
  const judgedUtterances: Judged[] = [];
  for (const utterance of utterances) {
    const { id: _utteranceId, expected, ...context } = utterance;
    judgedUtterances.push({ utterance, verdicts: judgeAnalysis(await analyst.analyze(context), expected) });
  }
  return judgedUtterances;
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const precision = ({ right, wrong }: Score): number | null => ratio(right, right + wrong);
const recall = ({ right, missed }: Score): number | null => ratio(right, right + missed);
/** The harmonic mean of precision and recall; null when nothing was expected and nothing was found. */
const f1 = ({ right, wrong, missed }: Score): number | null => ratio(2 * right, 2 * right + wrong + missed);

function toScore(all: readonly Judged[], field: JudgedField): Score | undefined {
  const verdicts = all.flatMap((one) => one.verdicts.filter((verdict) => verdict.field === field));
  if (verdicts.length === 0) return undefined;
  const sum = (count: (verdict: FieldVerdict) => number): number =>
    verdicts.reduce((total, one) => total + count(one), 0);
  return {
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong),
    missed: sum(({ missed }) => missed),
    abstained: sum(({ abstained }) => Number(abstained)),
  };
}

function printResults(set: string, all: readonly Judged[]): Record<string, Figure> {
  const misses = all.flatMap(({ utterance, verdicts }) =>
    verdicts
      .filter(({ wrong, missed }) => wrong + missed > 0)
      .map(
        ({ field, expected, found }) =>
          `  ${utterance.id} ${field}: expected ${formatValues(expected)}, found ${formatValues(found)}\n    “${utterance.text}”`,
      ),
  );
  const scores = JUDGED_FIELDS.flatMap((field) => {
    const score = toScore(all, field);
    return score ? [{ field, score }] : [];
  });
  const rows = scores.map(({ field, score }) => [
    field,
    formatNumber(precision(score)),
    formatNumber(recall(score)),
    formatNumber(f1(score)),
    ...[score.right, score.wrong, score.missed, score.abstained].map(String),
  ]);
  const headings = ['field', 'precision', 'recall', 'F1', 'right', 'wrong', 'missed', 'abstained'];
  process.stdout.write(`\n${set}: ${all.length} utterances\n${formatTable(headings, rows)}\n`);
  if (misses.length > 0) process.stdout.write(`\nMisses\n${misses.join('\n')}\n`);
  const figures = scores.flatMap(({ field, score }): [string, Figure][] => [
    [`${field}.precision`, reported(precision(score))],
    [`${field}.recall`, reported(recall(score))],
    [`${field}.f1`, FIELDS_WITH_GOAL.has(field) ? judged(f1(score), GOAL_F1, 'at-least') : reported(f1(score))],
    [`${field}.abstentions`, reported(score.abstained)],
  ]);
  return Object.fromEntries(figures);
}

const formatValues = (values: readonly string[]): string => (values.length === 0 ? 'nothing' : values.join(' and '));

async function main(): Promise<void> {
  const analyst = createAnalyst(options.analyst);
  const sets = options.set === undefined ? PROJECT_SETS : [options.set];
  const figures: Record<string, Figure> = {};
  let [utterances, invented] = [0, 0];
  for (const set of sets) {
    const all = await evaluate(
      analyst,
      (await readAnalysisSet(set)).slice(0, options.short ? SHORT_UTTERANCES : undefined),
    );
    utterances += all.length;
    invented += all.flatMap(({ verdicts }) => verdicts.filter(isInvented)).length;
    const prefix = sets.length === 1 ? '' : `${set.replace(/^.*\/|\.jsonl$/g, '')}.`;
    for (const [name, figure] of Object.entries(printResults(set, all))) figures[`${prefix}${name}`] = figure;
  }
  figures['utterances'] = reported(utterances);
  figures['inventedAccessCodes'] = judged(invented, 0, 'at-most');
  process.stdout.write(`\n${jsonLine('analysis', figures)}\n`);
  if (invented > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof AnalysisSetError || (error as { code?: unknown }).code === 'ENOENT' ? 2 : 1;
});
