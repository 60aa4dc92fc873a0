import { parseArgs } from 'node:util';
import { formatTable, jsonLine, judged, formatNumber, reported, type Figure } from '../figures.js';
import {
  FULL_FAULTS,
  measureFaults,
  SHORT_FAULTS,
  type CarrierFaults,
  measureLoad,
  type FaultFigures,
  type LoadFigures,
} from './measure.js';

const HELP = `Telephony with many concurrent calls, and with a failing carrier.

  npm run bench:telephony -- [--only part,part] [--calls N] [--together N] [--attempts N] [--short]

  --only         parts to run, of: life (calls in real time), rush (20 times faster), faults (default: all)
  --calls N      calls in each of the first two parts (default 400)
  --together N   concurrent calls (default 200)
  --attempts N   attempts with the failing carrier (default 300)
  --short        6 calls 20 times faster, 3 concurrent, and 15 attempts with a failing carrier that lists calls early
  --help         prints this text

Prints tables and ends with one line of JSON. Exits 1 if an attempt was rung twice, lost, or reported twice, never for being
slow. bench/README.md says what each figure means.
`;
const PARTS = ['life', 'rush', 'faults'] as const;
type Part = (typeof PARTS)[number];
const FULL = { only: PARTS.join(','), calls: 400, together: 200, attempts: 300, faults: FULL_FAULTS };
const SHORT = { only: 'rush,faults', calls: 6, together: 3, attempts: 15, faults: SHORT_FAULTS };
const RUSH_TIME_SCALE = 20;
const GOAL_DOCUMENT_P99_MS = 100;

const began = performance.now();
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const report = (line: string): void =>
  print(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}`);

const options = readOptions();
try {
  process.exitCode = await main();
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
process.exit();

interface Options {
  readonly only: readonly Part[];
  readonly calls: number;
  readonly together: number;
  readonly attempts: number;
  readonly faults: CarrierFaults;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        calls: { type: 'string' },
        together: { type: 'string' },
        attempts: { type: 'string' },
        short: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    const defaults = values.short ? SHORT : FULL;
    const only = (values.only ?? defaults.only).split(',');
    const unknown = only.filter((part) => !PARTS.includes(part as Part));
    if (unknown.length > 0) throw new Error(`--only takes ${PARTS.join(', ')}, not "${unknown.join(',')}".`);
    return {
      only: only as Part[],
      calls: readWholeNumber('--calls', values.calls ?? defaults.calls),
      together: readWholeNumber('--together', values.together ?? defaults.together),
      attempts: readWholeNumber('--attempts', values.attempts ?? defaults.attempts),
      faults: defaults.faults,
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nTry --help.\n`);
    process.exit(2);
  }
}

function readWholeNumber(name: string, value: string | number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 5_000) return number;
  throw new Error(`${name} takes a whole number from 1 to 5000, not "${value}".`);
}

async function main(): Promise<number> {
  const { calls, together, attempts, faults: carrierFaults, only } = options;
  const loads = new Map<string, LoadFigures>();
  for (const [part, scale] of [
    ['life', 1],
    ['rush', RUSH_TIME_SCALE],
  ] as const) {
    if (!only.includes(part)) continue;
    report(
      `${part}: ${calls} calls, ${together} concurrent, ${scale === 1 ? 'in real time' : `${scale} times faster`}`,
    );
    loads.set(part, await measureLoad(calls, together, scale, report));
  }
  let faults: FaultFigures | null = null;
  if (only.includes('faults')) {
    report(`faults: ${attempts} attempts with a failing carrier`);
    faults = await measureFaults(attempts, carrierFaults, report);
  }
  if (loads.size > 0) print(`\n${formatLoads(loads)}\n`);
  if (faults) print(`\n${formatFaults(faults)}\n`);
  const errors = [...[...loads.values()].flatMap((load) => load.errors), ...(faults?.errors ?? [])];
  for (const error of errors.slice(0, 20)) print(`WRONG: ${error}`);
  print(jsonLine('telephony', toFigures(loads, faults, errors.length)));
  return errors.length === 0 ? 0 : 1;
}

function toTotalCpuMs({ cpuMsPerCall }: LoadFigures): number {
  return [...cpuMsPerCall].reduce((sum, [name, ms]) => (name === 'bench' ? sum : sum + ms), 0);
}

function webhooksPerSecond({ documents, reports, seconds }: LoadFigures): number {
  return (documents.count + reports.count) / seconds;
}

function formatLoads(loads: ReadonlyMap<string, LoadFigures>): string {
  const rows = [...loads].map(([part, load]) => [
    part,
    formatNumber(load.calls / load.seconds),
    formatNumber(webhooksPerSecond(load)),
    formatNumber(load.documents.p50Ms),
    formatNumber(load.documents.p99Ms),
    formatNumber(load.reports.p99Ms),
    formatNumber(toTotalCpuMs(load)),
    [...load.cpuMsPerCall]
      .filter(([name]) => name !== 'bench')
      .map(([name, ms]) => `${name} ${formatNumber(ms)}`)
      .join(', '),
  ]);
  const headings = [
    '',
    'calls/s',
    'webhooks/s',
    'TwiML p50 ms',
    'p99 ms',
    'reports p99',
    'CPU ms per call',
    'of which',
  ];
  return formatTable(headings, rows);
}

function formatFaults({ attempts, carrierCalls, unknown, certainP50Seconds, certainP99Seconds }: FaultFigures): string {
  return (
    `With a failing carrier: ${attempts} attempts, ${carrierCalls} calls at the carrier. ${unknown} create requests stayed ` +
    `unanswered (${formatNumber((unknown / attempts) * 100)} %); their result was certain after at most ` +
    `${formatNumber(certainP50Seconds)} s (p50) and ${formatNumber(certainP99Seconds)} s (p99).`
  );
}

function toFigures(
  loads: ReadonlyMap<string, LoadFigures>,
  faults: FaultFigures | null,
  errorCount: number,
): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  for (const [part, load] of loads) {
    const p99 = load.documents.p99Ms;
    figures[`${part}.documentP99Ms`] = part === 'life' ? judged(p99, GOAL_DOCUMENT_P99_MS, 'at-most') : reported(p99);
    figures[`${part}.documentP50Ms`] = reported(load.documents.p50Ms);
    figures[`${part}.webhooksPerSecond`] = reported(webhooksPerSecond(load));
    figures[`${part}.callsPerSecond`] = reported(load.calls / load.seconds);
    figures[`${part}.cpuMsPerCall`] = reported(toTotalCpuMs(load));
    for (const [name, ms] of load.cpuMsPerCall) figures[`${part}.cpuMsPerCall.${name}`] = reported(ms);
  }
  if (faults) {
    figures['faults.unknownShare'] = reported(faults.unknown / faults.attempts);
    figures['faults.certainP50Seconds'] = reported(faults.certainP50Seconds);
    figures['faults.certainP99Seconds'] = reported(faults.certainP99Seconds);
    figures['faults.carrierCalls'] = reported(faults.carrierCalls);
  }
  figures['rungTwiceLostOrWrong'] = judged(errorCount, 0, 'at-most');
  return figures;
}
