import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { judgeCanary, judgeRepository, type CruiseReport } from './cruise-report.js';

/**
 * Checks the direction of dependencies: cruises the tree with `.dependency-cruiser.cjs`, then a committed tree that breaks
 * every rule, which must be reported in full. Run in the root folder; exits with 1 and all findings.
 */
const run = promisify(execFile);

/** Well below what there is; far above what a cruise sees that reads no TypeScript. */
const LEAST_SEEN = { modules: 400, aliased: 500 };

const CANARY = 'libs/testing/boundary-canary';
const CANARY_VIOLATIONS = [
  'adapters-know-ports-and-domain: libs/adapters/twilio/twilio-client.ts -> libs/platform/config.ts',
  'adapters-only-in-composition-roots: apps/alpha/src/main.ts -> libs/adapters/twilio/twilio-client.ts',
  'chaos-shares-nothing: test/chaos/judge.ts -> libs/contracts/event.ts',
  'chaos-starts-the-stack-in-one-place: test/chaos/judge.ts -> deploy/local/stack/index.ts',
  'contracts-are-a-leaf: libs/contracts/event.ts -> libs/domain/pure.ts',
  'domain-is-pure: libs/domain/impure.ts -> fs',
  'domain-is-pure: libs/domain/impure.ts -> libs/adapters/twilio/twilio-client.ts',
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
];

async function cruise(folder: string, targets: readonly string[]): Promise<CruiseReport> {
  const program = resolve('node_modules/.bin/depcruise');
  const args = [program, '--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json', ...targets];
  const options = { cwd: resolve(folder), maxBuffer: 256 * 1024 * 1024 };
  // It exits with the number of errors: the report says more.
  const { stdout } = await run(process.execPath, args, options).catch((error: { stdout?: string; stderr?: string }) => {
    if (error.stdout?.startsWith('{') !== true)
      throw new Error(`dependency-cruiser failed: ${error.stderr ?? 'no output'}`, { cause: error });
    return { stdout: error.stdout };
  });
  return JSON.parse(stdout) as CruiseReport;
}

/** The path inside a package depends on the package's release; its name is what matters. */
function withPackageNames(report: CruiseReport): CruiseReport {
  const violations = report.summary.violations.map((violation) => ({
    ...violation,
    to: violation.to.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, '$1'),
  }));
  return { ...report, summary: { ...report.summary, violations } };
}

const repository = await cruise('.', ['apps', 'libs', 'deploy', 'test/chaos']);
const canary = withPackageNames(await cruise(CANARY, ['apps', 'libs', 'test']));
const findings = [...judgeRepository(repository, LEAST_SEEN), ...judgeCanary(canary, CANARY_VIOLATIONS)];
if (findings.length > 0) {
  process.stderr.write(`Boundaries are broken:\n${findings.map((line) => `  - ${line}`).join('\n')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`Boundaries hold: ${repository.modules.length} modules, and the canary is caught.\n`);
}
