import { rm } from 'node:fs/promises';
import { HELP, OptionError, readOptions, type ChaosOptions } from './support/options.js';
import {
  allViolations,
  toFigures,
  formatFigures,
  jsonLine,
  createPaint,
  runReport,
  summaryTable,
} from './run/report.js';
import { runOnce, type RunControl, type RunResult } from './run/run-once.js';
import type { ChaosEnvironment } from './environment/environment.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const paint = createPaint(process.stdout.isTTY && process.env['NO_COLOR'] === undefined);

let environment: ChaosEnvironment | undefined;
let interrupted = false;
const control: RunControl = {
  say: (text) => print(`${paint('dim', new Date().toISOString().slice(11, 19))}  ${text}`),
  onEnvironmentChanged: (current) => (environment = current),
  isEnded: () => interrupted,
};
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

const options = readOptionsOrExit();
const results: RunResult[] = [];
try {
  for (const seed of options.seeds) {
    if (interrupted) break;
    const result = await runOnce(options, seed, control);
    if (interrupted) break;
    results.push(result);
    print(runReport(result, paint));
    await keepOrDelete(result);
  }
  if (!interrupted) finish();
} catch (error) {
  // After an interruption, everything in progress fails.
  if (!interrupted) print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
if (!interrupted) process.exit();

function readOptionsOrExit(): ChaosOptions {
  try {
    const parsed = readOptions(process.argv.slice(2));
    if (parsed !== 'help') return parsed;
    process.stdout.write(HELP);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/** The first signal stops the run gracefully; a second signal exits at once. */
function interrupt(): void {
  if (interrupted) process.exit(130);
  interrupted = true;
  print('Interrupted: stopping everything.');
  void stopAndDelete().finally(() => process.exit(130));
}

async function stopAndDelete(): Promise<void> {
  const running = environment;
  await running?.stop();
  if (!options.keep) await running?.deleteData();
}

async function keepOrDelete(result: RunResult): Promise<void> {
  if (options.keep || allViolations(result).length > 0) {
    print(`Data and logs of seed ${result.seed}: ${result.dataDir}\n`);
    return;
  }
  await rm(result.dataDir, { recursive: true, force: true, maxRetries: 3 });
}

function finish(): void {
  if (results.length > 1) print(`${summaryTable(results)}\n`);
  const figures = toFigures(results.flatMap(allViolations));
  const isClean = figures.lost + figures.doubled + figures.unlawful === 0 && results.length === options.seeds.length;
  print(paint(isClean ? 'green' : 'red', formatFigures(figures)));
  print(jsonLine(results, options));
  process.exitCode = isClean ? 0 : 1;
}
