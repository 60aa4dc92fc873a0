import { parseArgs, styleText } from 'node:util';
import { startStack, type Stack } from '../local/stack/index.js';
import { DEMO_ENVIRONMENT } from './demo-environment.js';
import { killAndRestart, killableNames } from './kill.js';
import { runDemo, type DemoResult } from './run-demo.js';
import { table } from './table.js';
import { timeSpent } from './time-spent.js';

const HELP = `Plays a day of deliveries on this machine, from the partner's POST to the agent's acknowledgement.

  npm run demo                        everything goes well
  npm run demo -- --kill telephony    kill -9 and restart one app or server in the middle
  npm run demo -- --logs              the apps' logs between the story's lines

  --kill NAME   one of: ${killableNames().join(', ')}
  --logs        print what the apps log
  --help        this

Exits 0 only if every delivery ended as it should and nobody was called twice for one attempt.`;

const DEADLINE_MS = 100_000;
const DEADLINE_WITH_KILL_MS = 170_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const colour = (style: Parameters<typeof styleText>[0], text: string): string =>
  process.stdout.isTTY ? styleText(style, text) : text;

const options = readOptions();
const began = performance.now();
const say = (who: string, text: string): void =>
  print(
    `${colour('dim', `${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`)}  ${colour('cyan', who.padEnd(6))} ${text}`,
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
  const failed = result.broken.length > 0 || result.verdicts.some(({ mistakes }) => mistakes.length > 0);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  if (process.exitCode === 1) print(`The apps' logs were in ${stack.dataDir}; run with --logs to see them.`);
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
  if (values.kill !== undefined && !killableNames().includes(values.kill)) {
    process.stderr.write(`--kill takes one of: ${killableNames().join(', ')}\n`);
    process.exit(2);
  }
  return { kill: values.kill, logs: values.logs ?? false };
}

function play(running: Stack, victim: string | undefined): Promise<DemoResult> {
  const gateway = running.env['gateway'] ?? {};
  const disturb = async (name: string): Promise<void> => {
    say('chaos', colour('red', `kill -9 ${name}`));
    const ms = await killAndRestart(running, name);
    say('chaos', `${name} serves again after ${ms} ms`);
  };
  return runDemo({
    gatewayUrl: running.apps.get('gateway')?.url ?? '',
    simulatorUrl: running.apps.get('simulator')?.url ?? '',
    operatorKey: gateway['OPERATOR_API_KEY'] ?? '',
    vapidPublicKey: running.env['notifications']?.['VAPID_PUBLIC_KEY'] ?? '',
    say,
    disturb: victim === undefined ? undefined : () => disturb(victim),
    deadlineMs: victim === undefined ? DEADLINE_MS : DEADLINE_WITH_KILL_MS,
  });
}

function report({ verdicts, broken, followed }: DemoResult): void {
  const inOrder = verdicts.toSorted((a, b) => a.story.story.reference.localeCompare(b.story.story.reference));
  const rows = inOrder.map(({ story, expected, actual, mistakes }) => [
    story.story.reference,
    story.story.customer,
    expected,
    actual,
    mistakes.length === 0 ? 'as expected' : `NO: ${mistakes.join('; ')}`,
  ]);
  print(`\n${table(['', 'Customer', 'Expected', 'Actual', ''], rows, [5, 8, 44, 50, 26])}\n`);
  const spent = timeSpent(followed.map(({ entries }) => entries));
  const spans = spent.map(({ step, deliveries, medianMs, longestMs }) => [
    step,
    String(deliveries),
    `${medianMs} ms`,
    `${longestMs} ms`,
  ]);
  print(
    `Where the time went (rings and conversations ${DEMO_ENVIRONMENT['SIMULATOR_TIME_SCALE'] ?? '1'} times faster than in life)\n`,
  );
  print(`${table(['Step', 'Times', 'Median', 'Longest'], spans, [30, 6, 10, 10])}\n`);
  const right = verdicts.filter(({ mistakes }) => mistakes.length === 0).length;
  for (const sentence of broken) print(colour('red', `BROKEN: ${sentence}`));
  print(
    `${right} of ${verdicts.length} deliveries ended as expected; ${broken.length === 0 ? 'nobody was called twice for one attempt, the partner and the figures agree' : `${broken.length} rules broken`}.`,
  );
}
