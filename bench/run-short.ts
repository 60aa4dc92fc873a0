import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BENCHES, type Bench } from './benches.js';
import { formatTable, findFlaws, readResult, formatNumber } from './figures.js';

const HELP = `Runs the short form of every bench and evaluation, one after another, and prints their figures.

  npm run bench:short -- [NAME ...]

  NAME     benches to run, of: ${BENCHES.map(({ name }) => name).join(', ')} (default: all)
  --help   prints this text

A short form shows that a bench still works, not how fast the product is. Exits 1 when a bench fails, hangs,
or does not print a number for a required figure.
`;
/** A short form takes seconds, or minutes on a busy machine. After this time it is killed. */
const TIMEOUT_MS = 600_000;
const MAX_FAILURE_LINES = 40;

interface Outcome {
  readonly bench: Bench;
  readonly seconds: number;
  readonly flaws: readonly string[];
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const outcomes: Outcome[] = [];
for (const bench of selectBenches()) outcomes.push(await run(bench));
print('');
const rows = outcomes.map(({ bench, seconds, flaws }) => [
  bench.name,
  formatNumber(seconds, 's'),
  flaws.length === 0 ? 'ok' : 'FAILED',
]);
const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0);
print(formatTable(['bench', 'took', ''], [...rows, ['all', formatNumber(total, 's'), '']]));
process.exitCode = outcomes.every(({ flaws }) => flaws.length === 0) ? 0 : 1;

function selectBenches(): readonly Bench[] {
  try {
    const { values, positionals } = parseArgs({
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
    if (unknown.length > 0) throw new Error(`Unknown bench "${unknown.join(', ')}".`);
    return positionals.length === 0 ? BENCHES : BENCHES.filter(({ name }) => positionals.includes(name));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nTry --help.\n`);
    process.exit(2);
  }
}

async function run(bench: Bench): Promise<Outcome> {
  print(`\n${bench.name}`);
  const began = performance.now();
  const { output, errors, end } = await runProcess(bench.script);
  const seconds = (performance.now() - began) / 1_000;
  const result = readResult(output);
  const flaws = [
    ...(end === 0 ? [] : [`the bench ended with ${String(end)}`]),
    ...(result === undefined ? ['the bench printed no result'] : findFlaws(result, bench.figures, bench.unmeasured)),
    ...(result !== undefined && result.bench !== bench.name ? [`the result is that of ${result.bench}`] : []),
  ];
  for (const [name, { value }] of Object.entries(result?.figures ?? {})) print(`  ${name} ${formatNumber(value)}`);
  if (flaws.length > 0) {
    print(`${lastLines(output)}\n${lastLines(errors)}`);
    for (const flaw of flaws) print(`FAILED: ${bench.name}: ${flaw}`);
  }
  return { bench, seconds, flaws };
}

interface ProcessResult {
  readonly output: string;
  readonly errors: string;
  /** The exit code, or the signal that ended the process. */
  readonly end: number | string | null;
}

function runProcess(script: string): Promise<ProcessResult> {
  const file = fileURLToPath(new URL(`./${script}.js`, import.meta.url));
  const child = spawn(process.execPath, [file, '--short'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // The servers and apps that the bench started end with it.
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
      resolve({ output: text(output), errors: text(errors), end: code ?? signal });
    });
  });
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-MAX_FAILURE_LINES).join('\n');
}
