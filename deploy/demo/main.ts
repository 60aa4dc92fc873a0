import { parseArgs, styleText } from 'node:util';
import { startStack, type Stack } from '../local/stack/index.js';
import { DEMO_ENVIRONMENT } from './demo-environment.js';
import { killAndRestart, listKillableNames } from './kill.js';
import { runDemo, type DemoResult } from './run-demo.js';
import { table } from './table.js';
import { measureSteps } from './time-spent.js';

const HELP = `Runs a day of deliveries on this machine, from the partner's POST to the agent's acknowledgement.

  npm run demo                        run without failures
  npm run demo -- --kill telephony    kill -9 and restart one app or server during the run
  npm run demo -- --logs              also print the logs of the apps

  --kill NAME   kill and restart NAME, one of: ${listKillableNames().join(', ')}
  --logs        print the logs of the apps
  --help        print this help

Exits with 0 only if every delivery ended as expected and no customer was called twice for one attempt.`;

const DEADLINE_MS = 100_000;
const DEADLINE_WITH_KILL_MS = 170_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const style = (format: Parameters<typeof styleText>[0], text: string): string =>
  process.stdout.isTTY ? styleText(format, text) : text;

const options = readOptions();
const began = performance.now();
const say = (who: string, text: string): void =>
  print(
    `${style('dim', `${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`)}  ${style('cyan', who.padEnd(6))} ${text}`,
  );

const stack = await startStack({
  log: options.logs ? 'pretty' : 'file',
  print,
  color: process.stdout.isTTY,
  env: DEMO_ENVIRONMENT,
});
process.once('SIGINT', () => void stack.stop().finally(() => process.exit(130)));
try {
  say('stack', `${stack.apps.size} apps and ${stack.servers.size} servers are ready`);
  const result = await play(stack, options.kill);
  report(result);
  const failed = result.brokenRules.length > 0 || result.verdicts.some(({ problems }) => problems.length > 0);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  if (process.exitCode === 1) print(`The logs of the apps were in ${stack.dataDir}. Run with --logs to print them.`);
  await stack.stop();
}
process.exit();

function readOptions(): { kill: string | undefined; logs: boolean } {
  const { values } = parseArgs({
    options: { kill: { type: 'string' }, logs: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    print(HELP);
    process.exit(0);
  }
  if (values.kill !== undefined && !listKillableNames().includes(values.kill)) {
    process.stderr.write(`--kill must be one of: ${listKillableNames().join(', ')}\n`);
    process.exit(2);
  }
  return { kill: values.kill, logs: values.logs ?? false };
}

function play(running: Stack, target: string | undefined): Promise<DemoResult> {
  const gateway = running.env['gateway'] ?? {};
  const disturb = async (name: string): Promise<void> => {
    say('chaos', style('red', `kill -9 ${name}`));
    const ms = await killAndRestart(running, name);
    say('chaos', `${name} is ready again after ${ms} ms`);
  };
  return runDemo({
    gatewayUrl: running.apps.get('gateway')?.url ?? '',
    simulatorUrl: running.apps.get('simulator')?.url ?? '',
    operatorKey: gateway['OPERATOR_API_KEY'] ?? '',
    vapidPublicKey: running.env['notifications']?.['VAPID_PUBLIC_KEY'] ?? '',
    say,
    disturb: target === undefined ? undefined : () => disturb(target),
    deadlineMs: target === undefined ? DEADLINE_MS : DEADLINE_WITH_KILL_MS,
  });
}

function report({ verdicts, brokenRules, followed }: DemoResult): void {
  const inOrder = verdicts.toSorted((a, b) => a.followed.story.reference.localeCompare(b.followed.story.reference));
  const rows = inOrder.map(({ followed, expected, actual, problems }) => [
    followed.story.reference,
    followed.story.customer,
    expected,
    actual,
    problems.length === 0 ? 'passed' : `FAILED: ${problems.join('; ')}`,
  ]);
  print(`\n${table(['', 'Customer', 'Expected', 'Actual', 'Result'], rows, [5, 8, 44, 50, 26])}\n`);
  const steps = measureSteps(followed.map(({ entries }) => entries));
  const stepRows = steps.map(({ step, deliveries, medianMs, maxMs }) => [
    step,
    String(deliveries),
    `${medianMs} ms`,
    `${maxMs} ms`,
  ]);
  print(
    `Duration of each step (simulated calls run ${DEMO_ENVIRONMENT['SIMULATOR_TIME_SCALE'] ?? '1'} times faster than real calls)\n`,
  );
  print(`${table(['Step', 'Count', 'Median', 'Maximum'], stepRows, [30, 6, 10, 10])}\n`);
  const passed = verdicts.filter(({ problems }) => problems.length === 0).length;
  for (const sentence of brokenRules) print(style('red', `FAILED: ${sentence}`));
  print(
    `${passed} of ${verdicts.length} deliveries ended as expected; ${brokenRules.length === 0 ? 'no customer was called twice for one attempt, and webhooks and analytics match' : `${brokenRules.length} checks failed`}.`,
  );
}
