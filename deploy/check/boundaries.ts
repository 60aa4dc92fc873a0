import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { checkCanary, checkRepository, type CruiseReport } from './cruise-report.js';

/**
 * Checks which modules may import which: runs dependency-cruiser with the rules for files and for folders, and then on
 * a canary tree that breaks every rule, where every violation must be reported. Run it in the repository root. It
 * prints all findings, and exits with 1 if there are any.
 */
const run = promisify(execFile);

/** Below the actual counts, but far above those of a run that fails to parse TypeScript. */
const MIN_COUNTS = { modules: 1200, aliased: 2000 };

/** Lower than MIN_COUNTS, because the rules for folders ignore specs. */
const MIN_FOLDER_COUNTS = { modules: 900, aliased: 1500 };

const RULES = '.dependency-cruiser.cjs';
const FOLDER_RULES = '.dependency-cruiser.folders.cjs';
const TARGETS = ['apps', 'libs', 'deploy', 'test', 'bench', 'sdk'];

const CANARY = 'libs/testing/boundary-canary';
const CANARY_VIOLATIONS = [
  'adapters-know-ports-and-domain: libs/adapters/twilio/twilio-client.ts -> libs/platform/config.ts',
  'adapters-only-in-composition-roots: apps/alpha/src/main.ts -> libs/adapters/twilio/twilio-client.ts',
  'apps-read-their-own-collections: apps/alpha/src/parcels/parcel.repository.ts -> libs/persistence/schemas/beta/secrets.ts',
  'chaos-shares-nothing: test/chaos/judge.ts -> libs/contracts/event.ts',
  'chaos-starts-the-stack-in-one-place: test/chaos/judge.ts -> deploy/local/stack/index.ts',
  'contracts-are-a-leaf: libs/contracts/event.ts -> libs/domain/pure.ts',
  'domain-is-pure: libs/domain/impure.ts -> fs',
  'domain-is-pure: libs/domain/impure.ts -> libs/adapters/twilio/twilio-client.ts',
  'features-are-composed-by-their-doors: apps/alpha/src/alpha.module.ts -> apps/alpha/src/orders/order.ts',
  'features-are-composed-by-their-doors: bench/measure.ts -> apps/alpha/src/parcels/parcel.repository.ts',
  'features-have-one-door: apps/alpha/src/orders/order.ts -> apps/alpha/src/parcels/parcel.repository.ts',
  'infrastructure-knows-no-business: libs/platform/config.ts -> libs/domain/pure.ts',
  'no-app-to-app: apps/alpha/src/main.ts -> apps/beta/src/private.ts',
  'no-cycles: libs/domain/cycle-a.ts -> libs/domain/cycle-b.ts',
  'no-dev-dependencies: libs/platform/config.ts -> fast-check',
  'no-port-calls-another: libs/ports/voice.ts -> libs/ports/push.ts',
  'no-test-code-in-production: apps/alpha/src/main.ts -> libs/testing/fake-clock.ts',
  'nothing-imports-apps: libs/platform/config.ts -> apps/beta/src/private.ts',
  'ports-know-only-domain: libs/ports/voice.ts -> libs/contracts/event.ts',
  'schemas-know-only-values: libs/persistence/schemas/rows.ts -> libs/domain/pure.ts',
  'values-import-nothing: libs/domain/topic/topic.values.ts -> libs/domain/pure.ts',
  'resolvable: libs/platform/config.ts -> ./nowhere.js',
  'schemas-belong-to-apps: bench/measure.ts -> libs/persistence/schemas/alpha/parcels.ts',
  'schemas-know-their-owner-alone: libs/persistence/schemas/beta/secrets.ts -> libs/persistence/schemas/alpha/parcels.ts',
];
const CANARY_FOLDER_CYCLES = [
  'no-folder-circles: apps/alpha/src/orders -> apps/alpha/src/parcels',
  'no-folder-circles: apps/alpha/src/parcels -> apps/alpha/src/orders',
  'no-folder-circles: libs/adapters/twilio -> libs/platform',
  'no-folder-circles: libs/domain -> libs/adapters/twilio',
  'no-folder-circles: libs/platform -> libs/domain',
];

async function cruise(folder: string, rules: string, targets: readonly string[]): Promise<CruiseReport> {
  const program = resolve('node_modules/.bin/depcruise');
  const args = [program, '--config', resolve(rules), '--output-type', 'json', ...targets];
  const options = { cwd: resolve(folder), maxBuffer: 256 * 1024 * 1024 };
  // depcruise exits with the number of errors, so a rejection with a report on stdout is not a failure.
  const { stdout } = await run(process.execPath, args, options).catch((error: { stdout?: string; stderr?: string }) => {
    if (error.stdout?.startsWith('{') !== true)
      throw new Error(`dependency-cruiser failed: ${error.stderr ?? 'no output'}`, { cause: error });
    return { stdout: error.stdout };
  });
  return JSON.parse(stdout) as CruiseReport;
}

/** Replaces paths inside packages by package names, because the paths depend on the release. */
function withPackageNames(report: CruiseReport): CruiseReport {
  const violations = report.summary.violations.map((violation) => ({
    ...violation,
    to: violation.to.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, '$1'),
  }));
  return { ...report, summary: { ...report.summary, violations } };
}

const CANARY_TARGETS = ['apps', 'libs', 'test', 'bench'];
const repository = await cruise('.', RULES, TARGETS);
const folders = await cruise('.', FOLDER_RULES, TARGETS);
const canary = withPackageNames(await cruise(CANARY, RULES, CANARY_TARGETS));
const canaryFolders = await cruise(CANARY, FOLDER_RULES, CANARY_TARGETS);
const findings = [
  ...checkRepository(repository, MIN_COUNTS),
  ...checkRepository(folders, MIN_FOLDER_COUNTS),
  ...checkCanary(canary, CANARY_VIOLATIONS),
  ...checkCanary(canaryFolders, CANARY_FOLDER_CYCLES),
];
if (findings.length > 0) {
  process.stderr.write(`Import boundaries are violated:\n${findings.map((line) => `  - ${line}`).join('\n')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(
    `Import boundaries hold: ${repository.modules.length} modules, no folder cycles, and all canary violations are reported.\n`,
  );
}
