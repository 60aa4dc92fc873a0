import { parseArgs } from 'node:util';
import { formatTable, jsonLine, judged, reported, type Figure } from '../figures.js';
import { toConfidenceInterval, play } from './play.js';
import {
  bestGlobalHour,
  contactModelPolicy,
  oracle,
  randomPolicy,
  segmentCeiling,
  segmentSampler,
  type Policy,
} from './policies.js';
import { syntheticPopulation, readPopulation, type Population, type Shape } from './population.js';

const USAGE = `Usage: npm run eval:call-timing -- [--population FILE.json] [--short]

How often a customer is reached when the hour of each call is chosen at random, by the best hour for all customers so far, by a
plain Thompson sampler for each segment, by the product's model, by an oracle of segments, and by an oracle of customers. Over
five seeds with 95 % intervals. \`closed\` is the share of the possible gain: (ours - random) / (oracle - random). Without
--population on synthetic populations. Exits 1 when the model does not beat both baselines everywhere. --short: two small
populations and two seeds, always exits 0 because they are too small to judge.`;

const RUNS = 5;
const SHORT = { populations: 2, customers: 100, runs: 2 };
const SYNTHETIC: readonly (readonly [name: string, shape: Shape])[] = [
  [
    'segments and customers differ',
    { segments: 8, customers: 1000, callsEach: 20, betweenSegments: 0.8, betweenCustomers: 0.5 },
  ],
  ['segments say nothing', { segments: 8, customers: 1000, callsEach: 20, betweenSegments: 0, betweenCustomers: 0.6 }],
  [
    'two good times a day',
    { segments: 6, customers: 1000, callsEach: 12, betweenSegments: 0.6, betweenCustomers: 0.6, bimodal: true },
  ],
  ['three calls each', { segments: 8, customers: 4000, callsEach: 3, betweenSegments: 0.8, betweenCustomers: 0.5 }],
  ['many small segments', { segments: 60, customers: 1500, callsEach: 6, betweenSegments: 0.7, betweenCustomers: 0.4 }],
  ['customers are all alike', { segments: 4, customers: 1000, callsEach: 10, betweenSegments: 0, betweenCustomers: 0 }],
];

function readOptions(): { readonly population?: string; readonly short: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        population: { type: 'string' },
        short: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

/** @returns The figures, and whether DelAuto's model reached more customers than both baselines. */
function evaluate(
  name: string,
  population: Population,
  runs: number,
): { readonly figures: Record<string, Figure>; readonly wins: boolean } {
  const policies: readonly (readonly [name: string, make: () => Policy])[] = [
    ['random', randomPolicy],
    ['best hour of all', bestGlobalHour],
    ['segment sampler', segmentSampler],
    ['ours', contactModelPolicy],
    ['knows segments', () => segmentCeiling(population)],
    ['knows customers', () => oracle(population)],
  ];
  const rates = policies.map(([, make]) => Array.from({ length: runs }, (_, run) => play(make(), population, run)));
  const getRate = (index: number, run: number): number => rates[index]?.[run] ?? NaN;
  const closedShare = (index: number): ReturnType<typeof toConfidenceInterval> =>
    toConfidenceInterval(
      Array.from({ length: runs }, (_, run) => {
        const possibleGain = getRate(5, run) - getRate(0, run);
        return possibleGain === 0 ? 0 : (getRate(index, run) - getRate(0, run)) / possibleGain;
      }),
    );
  const rows = policies.map(([policy], index) => {
    const { mean, halfWidth } = toConfidenceInterval(rates[index] ?? []);
    const share = closedShare(index);
    return [
      policy,
      mean.toFixed(4),
      `± ${halfWidth.toFixed(4)}`,
      share.mean.toFixed(3),
      `± ${share.halfWidth.toFixed(3)}`,
    ];
  });
  const headings = ['', 'reached', '', 'closed', ''];
  process.stdout.write(`\n${name}: ${population.rounds.length} calls\n${formatTable(headings, rows)}\n`);
  const mean = (index: number): number => toConfidenceInterval(rates[index] ?? []).mean;
  const [gainOverBestHour, gainOverSampler] = [mean(3) - mean(1), mean(3) - mean(2)];
  return {
    wins: gainOverBestHour > 0 && gainOverSampler > 0,
    figures: {
      random: reported(mean(0)),
      bestGlobalHour: reported(mean(1)),
      segmentSampler: reported(mean(2)),
      ours: reported(mean(3)),
      segmentCeiling: reported(mean(4)),
      oracle: reported(mean(5)),
      closed: reported(closedShare(3).mean),
      ceilingClosed: reported(closedShare(4).mean),
      aboveBestGlobalHour: judged(gainOverBestHour, 0, 'at-least'),
      aboveSegmentSampler: judged(gainOverSampler, 0, 'at-least'),
    },
  };
}

async function main(): Promise<void> {
  const { population: file, short } = readOptions();
  const synthetic = short
    ? SYNTHETIC.slice(0, SHORT.populations).map(
        ([name, shape]) => [name, { ...shape, customers: SHORT.customers }] as const,
      )
    : SYNTHETIC;
  const populations: readonly (readonly [string, Population])[] =
    file === undefined
      ? synthetic.map(([name, shape], index) => [name, syntheticPopulation(shape, index + 1)])
      : [[file, await readPopulation(file)]];
  const figures: Record<string, Figure> = {};
  let wins = true;
  for (const [index, [name, population]] of populations.entries()) {
    const evaluated = evaluate(name, population, short ? SHORT.runs : RUNS);
    wins &&= evaluated.wins;
    const prefix = populations.length === 1 ? '' : `${index + 1}.`;
    for (const [figure, value] of Object.entries(evaluated.figures)) figures[`${prefix}${figure}`] = value;
  }
  process.stdout.write(`\n${jsonLine('call-timing', figures)}\n`);
  if (!wins && !short) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
