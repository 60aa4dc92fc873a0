import { parseArgs } from 'node:util';
import { LocalInstructionAnalyst } from '#libs/adapters/instruction-analyst/local/local-instruction-analyst.js';
import { OpenAiInstructionAnalyst } from '#libs/adapters/instruction-analyst/openai/openai-instruction-analyst.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { jsonLine, judged, reported, type Figure } from '../figures.js';
import { AnalysisSetError, readAnalysisSet, type LabeledUtterance } from './analysis-set.js';
import { findWrongActs } from './find-wrong-acts.js';
import { isInvented, judgeAnalysis } from './judge-analysis.js';
import { formatReport, toFigures } from './report-analysis.js';
import type { JudgedUtterance } from './score-analysis.js';

const USAGE = `Usage: npm run eval:analysis -- [--set FILE.jsonl] [--analyst local|openai] [--summary] [--short]

Precision, recall and F1 of an analyst by field, over all utterances and by language; the share of utterances in which
something false would be acted on (wrongActs); and every miss. Without a set: the project's two sets, one that
was used in development and one that was held out. --summary: tables only, for a set whose utterances you do not want to see. --short: the first 250 utterances of each. openai needs OPENAI_API_KEY (and takes OPENAI_MODEL, OPENAI_BASE_URL).
Exits 1 when an access code was invented or an utterance could not be analyzed, 2 for invalid arguments or an invalid set.`;

const PROJECT_SETS = ['bench/analysis/sets/developed.jsonl', 'bench/analysis/sets/held-out.jsonl'];
const SHORT_UTTERANCES = 250;

const options = readOptions();

function readOptions(): {
  readonly set?: string;
  readonly analyst: string;
  readonly summary: boolean;
  readonly short: boolean;
} {
  try {
    const { values } = parseArgs({
      options: {
        set: { type: 'string' },
        analyst: { type: 'string', default: 'local' },
        summary: { type: 'boolean', default: false },
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

async function evaluate(
  analyst: InstructionAnalyst,
  utterances: readonly LabeledUtterance[],
): Promise<JudgedUtterance[]> {
  const judgedUtterances: JudgedUtterance[] = [];
  for (const utterance of utterances) {
    const { id: _utteranceId, expected, ...context } = utterance;
    const found = await analyst.analyze(context);
    const verdicts = judgeAnalysis(found, expected);
    judgedUtterances.push({ utterance, verdicts, wrongActs: findWrongActs(found, expected) });
  }
  return judgedUtterances;
}

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
    process.stdout.write(`\n${formatReport(set, all, options.summary)}\n`);
    for (const [name, figure] of Object.entries(toFigures(all))) figures[`${prefix}${name}`] = figure;
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
