import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureModel } from '#deploy/local/fetch/models.js';
import { APP_NAMES, appFigures, startStack, type AppName, type Stack } from '#deploy/local/stack/index.js';
import { jsonLine, type Figure } from '../figures.js';
import { measureAppsAlone, toMegabytes } from './apps-alone.js';
import { deliver } from './deliver.js';
import { appEnvironment, BENCH_ENVIRONMENT, TRANSCRIPT } from './environment.js';
import { FULL_RATE_PLAN, measureEventLatency, SHORT_RATE_PLAN } from './event-latency.js';
import { findErrors } from './judge-run.js';
import { measureRecognizer } from './recognizer.js';
import {
  eventFigures,
  formatAlone,
  formatEvents,
  formatRecognizer,
  formatRun,
  runFigures,
  aloneFigures,
  recognizerFigures,
} from './report.js';
import { toRunFigures, measureSteps } from './run-figures.js';

const HELP = `The whole mesh under load: start-up, event latency, deliveries from POST to acknowledgement, the recognizer.

  npm run bench:mesh -- [--deliveries N] [--short]

  --deliveries N   posted at once, 1 to 10000 (default 1000)
  --short          10 deliveries, start-up of one app alone, one rate of events for a second, 5 utterances
  --help           prints this text

Prints tables and ends with one line of JSON. Exits 1 if anything was lost, duplicated or failed, never for being slow.
bench/README.md says what each figure means.
`;
const FULL = { deliveries: 1_000, alone: APP_NAMES, ratePlan: FULL_RATE_PLAN, utterances: Infinity };
const SHORT = {
  deliveries: 10,
  alone: ['gateway'] as readonly AppName[],
  ratePlan: SHORT_RATE_PLAN,
  utterances: 5,
};
const MAX_DELIVERIES = 10_000;

const began = performance.now();
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const report = (line: string): void =>
  print(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}`);

const { deliveries, plan } = readOptions();
const stacks: Stack[] = [];
const stopAll = async (): Promise<void> => {
  for (const stack of stacks.splice(0).reverse()) await stack.stop();
};
process.once('SIGINT', () => void stopAll().finally(() => process.exit(130)));
try {
  process.exitCode = await main();
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await stopAll();
}
process.exit();

function readOptions(): { readonly deliveries: number; readonly plan: typeof FULL | typeof SHORT } {
  const { values } = parseArgs({
    options: {
      deliveries: { type: 'string' },
      short: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const selectedPlan = values.short ? SHORT : FULL;
  const count = Number(values.deliveries ?? selectedPlan.deliveries);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_DELIVERIES)
    return { deliveries: count, plan: selectedPlan };
  process.stderr.write(`--deliveries takes a number from 1 to ${MAX_DELIVERIES}, not "${values.deliveries ?? ''}".\n`);
  process.exit(2);
}

async function main(): Promise<number> {
  const errors: string[] = [];
  const figures: Record<string, Figure> = {};

  report('starting the servers');
  const base = await startStack({ apps: [], log: 'file', print: report });
  stacks.push(base);
  const serverEnv = Object.assign({}, ...[...base.servers.values()].map(({ environment }) => environment)) as Record<
    string,
    string
  >;
  const alone = await announce('each app alone', () => measureAppsAlone(plan.alone, serverEnv, report));
  Object.assign(figures, aloneFigures(alone));
  print(formatAlone(alone));

  const mesh = await startMesh(base, serverEnv);
  const latency = await announce('event latency with all apps up and idle', () =>
    measureEventLatency(serverEnv['MONGODB_URI'] ?? '', plan.ratePlan, report),
  );
  Object.assign(figures, eventFigures(latency));
  print(formatEvents(latency));
  for (const { rate, lost, doubled } of [...latency.mesh.figures, ...latency.raw.figures]) {
    if (lost + doubled > 0) errors.push(`at ${rate} events/s ${lost} were lost and ${doubled} duplicated`);
  }

  const run = await announce(`${deliveries} deliveries from POST to acknowledgement`, () =>
    deliver({ apps: mesh.apps, servers: base.servers, env: mesh.env }, deliveries, serverEnv['NATS_URL'] ?? '', report),
  );
  errors.push(...findErrors(run));
  const resident = new Map(
    (await appFigures(mesh)).map(({ name, residentMiB }) => [name, toMegabytes(residentMiB)] as const),
  );
  Object.assign(figures, runFigures(toRunFigures(run), resident, errors.length));
  print(formatRun(toRunFigures(run), measureSteps(run), resident));

  await stopAll();
  const recognizer = await announce('the recognizer, with nothing else running', async () =>
    measureRecognizer(await ensureModel('moonshine-tiny-en', { report }), plan.utterances),
  );
  Object.assign(figures, recognizerFigures(recognizer));
  print(formatRecognizer(recognizer));

  for (const error of errors) print(`WRONG: ${error}`);
  if (errors.length === 0) print('Nothing was lost or duplicated, and no customer was called twice.');
  print(jsonLine('mesh', figures));
  return errors.length === 0 ? 0 : 1;
}

async function announce<T>(what: string, measure: () => Promise<T>): Promise<T> {
  report(what);
  return measure();
}

async function startMesh(base: Stack, serverEnv: Readonly<Record<string, string>>): Promise<Stack> {
  report('starting all apps');
  const transcripts = join(base.dataDir, 'transcripts');
  await mkdir(transcripts);
  await writeFile(join(transcripts, 'default.txt'), TRANSCRIPT);
  const mesh = await startStack({
    servers: [],
    env: { ...serverEnv, ...BENCH_ENVIRONMENT },
    appEnv: appEnvironment(transcripts),
    log: 'file',
    print: report,
    readyDeadlineMs: 120_000,
  });
  stacks.push(mesh);
  return mesh;
}
