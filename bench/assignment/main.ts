import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_WEIGHTS } from '#libs/domain/assignment/index.js';
import { formatTable, jsonLine, judged, formatNumber, reported, type Figure } from '../figures.js';
import { median, type Answer } from './answer.js';
import { syntheticArcs, syntheticLoads, type Size } from './synthetic-problems.js';
import { measureArcs } from './measure-arcs.js';
import { measureLoads } from './measure-loads.js';
import { explain, measurePositions } from './measure-positions.js';
import { readProblem, type ArcsProblem, type PositionsProblem } from './problem-file.js';

const USAGE = `Usage: npm run bench:assignment -- [--problem FILE.json] [--out FILE] [--explain ID] [--without-ortools] [--short]

Plans deliveries for agents. Without --problem: synthetic problems of 10,000 deliveries and 500 agents, and of parcels that fill
vehicles. With it: a matrix of costs ("arcs"), with or without "loads", or positions of deliveries and agents, planned by the
product's own costs. On identical arcs it compares with OR-tools' min-cost flow (downloaded once, about 150 MB) and the greedy plan.
--short: one small synthetic problem of each kind, without OR-tools. --out writes the plan; --explain prints why a delivery has its agent, for problems with positions. Exits 1 when a plan is not the optimum.`;

const SYNTHETIC: readonly (readonly [name: string, size: Size])[] = [
  ['20 candidates, four fifths full', { deliveries: 10_000, agents: 500, candidates: 20, fullness: 0.8 }],
  ['50 candidates, nearly full', { deliveries: 10_000, agents: 500, candidates: 50, fullness: 0.97 }],
  ['50 candidates, too much work', { deliveries: 10_000, agents: 500, candidates: 50, fullness: 1.05 }],
];
const LOADS = { parcels: 200, vehicles: 60 };
const SHORT_SYNTHETIC: typeof SYNTHETIC = [
  ['20 candidates, four fifths full', { deliveries: 500, agents: 25, candidates: 20, fullness: 0.8 }],
];
const SHORT_LOADS = { parcels: 40, vehicles: 12 };
const GOAL_RATIO = 1.5;
const GOAL_REPLAN_MS = 100;
const GOAL_GAP_PERCENT = 2;

type Figures = Record<string, Figure>;

const options = readOptions();
const report = (line: string): void => void process.stderr.write(`  ${line}\n`);

interface Options {
  readonly problem?: string;
  readonly out?: string;
  readonly explain?: string;
  readonly withOrTools: boolean;
  readonly short: boolean;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        problem: { type: 'string' },
        out: { type: 'string' },
        explain: { type: 'string' },
        'without-ortools': { type: 'boolean' },
        short: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    const { problem, out, explain: explained, short } = values;
    return {
      ...(problem === undefined ? {} : { problem }),
      ...(out === undefined ? {} : { out }),
      ...(explained === undefined ? {} : { explain: explained }),
      withOrTools: values['without-ortools'] !== true && !short,
      short,
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

async function runArcs(name: string, problem: ArcsProblem): Promise<{ figures: Figures; answer: Answer; ok: boolean }> {
  report(
    `${name}: ${problem.unassignedCosts.length} deliveries, ${problem.capacities.length} agents, ${problem.arcs.length} arcs`,
  );
  const { answer, buildMs, solveMs, greedy, orTools, replanMs, shuffledIsSame } = await measureArcs(
    problem,
    options.withOrTools,
    report,
  );
  const orToolsMs = orTools ? median(orTools.solveMs) : null;
  const ratio = orToolsMs === null ? null : answer.ms / orToolsMs;
  const toPercentAbove = (cost: number): string =>
    `${formatNumber(answer.cost === 0 ? 0 : (cost / answer.cost - 1) * 100)} %`;
  const rows = [
    [
      'ours',
      String(answer.cost),
      '0 %',
      formatNumber(buildMs),
      formatNumber(answer.ms),
      formatNumber(Math.max(...solveMs)),
    ],
    ...(orTools
      ? [
          [
            'OR-tools',
            String(orTools.cost),
            toPercentAbove(orTools.cost),
            formatNumber(orTools.buildMs),
            formatNumber(orToolsMs),
            formatNumber(Math.max(...orTools.solveMs)),
          ],
        ]
      : []),
    ['greedy', String(greedy), toPercentAbove(greedy), '–', '–', '–'],
  ];
  process.stdout.write(
    `\n${name}\n${formatTable(['', 'cost', 'above ours', 'build ms', 'solve ms', 'slowest'], rows)}\n` +
      `  ${answer.unassigned.length} unassigned; replanned after one more delivery in ${formatNumber(median(replanMs))} ms, at most ` +
      `${formatNumber(Math.max(0, ...replanMs))} ms; shuffled ${shuffledIsSame ? 'the same' : 'ANOTHER COST'}\n`,
  );
  const isOptimum = orTools === undefined || orTools.cost === answer.cost;
  return {
    answer,
    ok: isOptimum && shuffledIsSame,
    figures: {
      cost: reported(answer.cost),
      greedyDearerPercent: reported((greedy / Math.max(1, answer.cost) - 1) * 100),
      isOptimum: judged(orTools ? Number(isOptimum) : null, 1, 'at-least'),
      solveMs: reported(answer.ms),
      solveTimeOfOrTools: judged(ratio, GOAL_RATIO, 'at-most'),
      replanMs: judged(Math.max(0, ...replanMs), GOAL_REPLAN_MS, 'at-most'),
      shuffledIsSame: judged(Number(shuffledIsSame), 1, 'at-least'),
    },
  };
}

function runLoads(name: string, problem: ArcsProblem): { figures: Figures; answer: Answer; ok: boolean } {
  report(
    `${name}: ${problem.unassignedCosts.length} deliveries, ${problem.capacities.length} agents; up to a minute or two`,
  );
  const { answer, gapPercent, greedy } = measureLoads(problem);
  process.stdout.write(
    `\n${name}\n${formatTable(
      ['', 'cost', 'above the bound', 'ms'],
      [
        ['ours', String(answer.cost), `${formatNumber(gapPercent)} %`, formatNumber(answer.ms)],
        ['bound', String(answer.bound), '0 %', '–'],
        ['greedy', String(greedy), `${formatNumber((greedy / Math.max(1, answer.bound) - 1) * 100)} %`, '–'],
      ],
    )}\n  ${answer.unassigned.length} unassigned\n`,
  );
  return {
    answer,
    ok: true,
    figures: {
      cost: reported(answer.cost),
      bound: reported(answer.bound),
      gapPercent: judged(gapPercent, GOAL_GAP_PERCENT, 'at-most'),
    },
  };
}

function runPositions(name: string, problem: PositionsProblem): { figures: Figures; answer: Answer; ok: boolean } {
  report(`${name}: ${problem.deliveries.length} deliveries, ${problem.agents.length} agents`);
  const { plan, answer, shuffledIsSame } = measurePositions(problem);
  const gap = (plan.cost / Math.max(1, plan.bound) - 1) * 100;
  process.stdout.write(
    `\n${name}\n  ${answer.assignments.length} assigned, ${answer.unassigned.length} unassigned, cost ${plan.cost} s of work, ` +
      `bound ${plan.bound}, ${formatNumber(answer.ms)} ms including costs and explanations; shuffled ${shuffledIsSame ? 'the same' : 'ANOTHER PLAN'}\n` +
      `  leaving a delivery unassigned costs ${DEFAULT_WEIGHTS.unassigned} s and ${DEFAULT_WEIGHTS.unassignedByPriority} s per point of priority\n`,
  );
  if (options.explain !== undefined) {
    const why = explain(plan, options.explain);
    process.stdout.write(`\n${options.explain}: ${why ?? 'the problem has no such delivery'}\n`);
  }
  return {
    answer,
    ok: shuffledIsSame,
    figures: {
      cost: reported(plan.cost),
      bound: reported(plan.bound),
      gapPercent: reported(gap),
      ms: reported(answer.ms),
      shuffledIsSame: judged(Number(shuffledIsSame), 1, 'at-least'),
    },
  };
}

async function main(): Promise<void> {
  const figures: Figures = {};
  let ok = true;
  if (options.problem !== undefined) {
    const problem = await readProblem(options.problem);
    const { problem: file } = options;
    const run =
      problem.form === 'positions'
        ? runPositions(file, problem)
        : problem.loads
          ? runLoads(file, problem)
          : await runArcs(file, problem);
    Object.assign(figures, run.figures);
    ok = run.ok;
    if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(run.answer)}\n`);
  } else {
    for (const [index, [name, size]] of (options.short ? SHORT_SYNTHETIC : SYNTHETIC).entries()) {
      const run = await runArcs(name, syntheticArcs(size, index + 1));
      for (const [figure, value] of Object.entries(run.figures)) figures[`${index + 1}.${figure}`] = value;
      ok &&= run.ok;
    }
    const { parcels, vehicles } = options.short ? SHORT_LOADS : LOADS;
    const { figures: loads } = runLoads(
      `${parcels} parcels that fill ${vehicles} vehicles`,
      syntheticLoads(parcels, vehicles, 4),
    );
    for (const [figure, value] of Object.entries(loads)) figures[`loads.${figure}`] = value;
  }
  process.stdout.write(`\n${jsonLine('assignment', figures)}\n`);
  if (!ok) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
