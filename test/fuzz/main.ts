import { parseArgs } from 'node:util';
import { table } from '#deploy/demo/table.js';
import { listOperations, readDocument, type DocumentedOperation } from '../front-door/document.js';
import { RunningProduct } from '../front-door/running-product.js';
import { PopulatedOrganization } from '../front-door/populated-organization.js';
import type { FuzzedOperation } from './configuration.js';
import { ensureSchemathesis } from './ensure-schemathesis.js';
import { toFuzzedOperation } from './fuzzed-operation.js';
import { CHECKS, runSchemathesis, type FuzzReport, type FuzzResult } from './run-schemathesis.js';

const HELP = `Fuzzes the API as the running gateway documents it, with schemathesis.

  npm run test:fuzz -- [--seed N] [--examples N] [--minutes N] [--only operationId,…]

  --seed N       seed of the examples (default 1)
  --examples N   examples per operation and kind of test (default 50)
  --minutes N    the run has failed if it takes longer (default 10)
  --only A,B     only these operations
  --help         prints this text

Checks: ${CHECKS.join(', ')}.
Exits 0 only if no response was a server error, and every status, media type, header and schema is documented.
`;
const MINUTE_MS = 60_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const options = readOptions();
let product: RunningProduct | undefined;
process.once('SIGINT', () => void (product?.close() ?? Promise.resolve()).finally(() => process.exit(130)));
try {
  const site = await ensureSchemathesis(print);
  product = await RunningProduct.open({ logLevel: 'warn' });
  const organization = await PopulatedOrganization.build(product, 0);
  const documented = listOperations(await readDocument(product)).filter(
    ({ id }) => options.only.length === 0 || options.only.includes(id),
  );
  const operations: FuzzedOperation[] = [];
  for (const operation of documented) operations.push(await toFuzzedOperation(operation, organization));
  const began = performance.now();
  const result = await runSchemathesis({
    site,
    url: product.url,
    operations,
    only: options.only,
    seed: options.seed,
    examples: options.examples,
    deadlineMs: options.minutes * MINUTE_MS,
    print,
  });
  process.exitCode = judge(documented, result, (performance.now() - began) / 1_000);
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await product?.close();
}
process.exit();

function readOptions(): { seed: number; examples: number; minutes: number; only: readonly string[] } {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      examples: { type: 'string', default: '50' },
      minutes: { type: 'string', default: '10' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const [seed, examples, minutes] = [values.seed, values.examples, values.minutes].map(Number);
  if (![seed, examples, minutes].every((value) => value !== undefined && Number.isInteger(value) && value > 0)) {
    process.stderr.write('--seed, --examples and --minutes take a positive whole number.\n');
    process.exit(2);
  }
  const only = values.only.split(',').filter((id) => id !== '');
  return { seed: seed ?? 1, examples: examples ?? 1, minutes: minutes ?? 1, only };
}

/**
 * Prints the result.
 *
 * @returns The exit status.
 */
function judge(documented: readonly DocumentedOperation[], result: FuzzResult, seconds: number): number {
  const { report } = result;
  if (!report) {
    print(result.output);
    print(`The fuzzer exited without a report (exit code ${String(result.exitCode)}).`);
    return 1;
  }
  if (report.failures.length > 0 || report.errors.length > 0) {
    print(result.output);
  }
  print(`\n${formatByOperation(documented, report)}\n`);
  const phases = Object.entries(report.phases).map(([name, { status }]) => `${name}: ${status}`);
  print(phases.join(', '));
  const { tested, total } = report.operations;
  const failureCount = report.failures.reduce((sum, { count }) => sum + count, 0);
  print(
    `${report.test_cases.generated} requests to ${tested} of ${total} operations in ${seconds.toFixed(0)} s: ` +
      `${failureCount} failures, ${report.errors.length} errors.`,
  );
  const isComplete = report.complete && report.stop_reason === 'completed' && tested >= documented.length;
  if (!isComplete) print(`The run is incomplete: ${report.stop_reason}.`);
  return isComplete && failureCount === 0 && report.errors.length === 0 && result.exitCode === 0 ? 0 : 1;
}

/** A table of accepted and rejected valid requests and of failed checks by operation. */
function formatByOperation(documented: readonly DocumentedOperation[], report: FuzzReport): string {
  const rows = documented.map(({ id, method, path }) => {
    const label = `${method} ${path}`;
    const phases = Object.values(report.valid_rates[label] ?? {});
    const sum = (what: string): string => String(phases.reduce((total, counts) => total + (counts[what] ?? 0), 0));
    const failed = report.failures.filter(({ operations }) => operations.includes(label)).map(({ title }) => title);
    return [id, sum('accepted'), sum('rejected'), failed.length === 0 ? 'as documented' : `NO: ${failed.join('; ')}`];
  });
  return table(['Operation', 'Accepted', 'Rejected', ''], rows, [30, 9, 9, 60]);
}
