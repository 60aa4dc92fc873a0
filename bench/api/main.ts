import { parseArgs } from 'node:util';
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import { jsonLine } from '../figures.js';
import { ALL_KILLS, measureCrash } from './measure-crash.js';
import { measurePages } from './measure-pages.js';
import { measurePosts } from './measure-posts.js';
import { measureReads, READS, type Read } from './measure-reads.js';
import { toFigures, findErrors, formatPages, formatPosts, formatReads, type Measured } from './report.js';
import { createOrganization, fillOrganization, openScene } from './scene.js';
import { ensureWrk } from './wrk.js';

const HELP = `The HTTP API under load: reads compared with a bare Nest-Fastify handler, posts with a bare transaction, pages of
small and large organizations, and posts while gateway and routing are killed.

  npm run bench:api -- [--only part,part] [--seconds N] [--rounds N] [--deliveries N] [--short]

  --only         parts to run, of: ${READS.join(', ')}, post, pages, crash (default: all)
  --seconds N    duration of each run of wrk (default 5)
  --rounds N     runs of each kind, alternating with the baseline's (default 3)
  --deliveries N deliveries of the large organization (default 1000000)
  --short        runs of 1 s, 1 round, 8 connections, small organizations, one kill
  --help         prints this text

BENCH_PEER_URL is the URL of another server to measure in the same rounds.
Prints tables and ends with one line of JSON. Exits 1 if anything was lost, duplicated or failed, never for being slow.
bench/README.md says what each figure means.
`;
const PARTS = [...READS, 'post', 'pages', 'crash'] as const;
type Part = (typeof PARTS)[number];
/** The apps that consume events of a posted delivery. No customer is called, so no recording is transcribed. */
const APPS = ['gateway', 'routing', 'telephony', 'notifications', 'analytics'] as const;
const FULL = {
  only: PARTS as readonly Part[],
  seconds: 5,
  rounds: 3,
  deliveries: 1_000_000,
  connections: [1, 32] as readonly number[],
  warmUpSeconds: 2,
  /** Deliveries of the organization for the read benchmarks. */
  listed: 100_000,
  /** Deliveries of the small organization whose pages are compared with those of the large one. */
  small: 10_000,
  pages: 1_000,
  kills: ALL_KILLS,
};
const SHORT: typeof FULL = {
  only: ['cached', 'coldPage', 'post', 'pages', 'crash'],
  seconds: 1,
  rounds: 1,
  deliveries: 2_000,
  connections: [8],
  warmUpSeconds: 1,
  listed: 1_000,
  small: 500,
  pages: 20,
  kills: [['gateway', 'routing']],
};
/** All requests come from one IP address. The rate limits are still checked, but never reached. */
const LIMITS = {
  RATE_LIMIT_PER_MINUTE: '100000000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '100000000',
};

const began = performance.now();
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const report = (line: string): void =>
  print(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}`);

const options = readOptions();
let stack: Stack | undefined;
process.once('SIGINT', () => void stack?.stop().finally(() => process.exit(130)));
try {
  process.exitCode = await main();
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await stack?.stop();
}
process.exit();

async function main(): Promise<number> {
  ensureWrk(report);
  report(`starting ${APPS.join(', ')}`);
  // The log level is that of `npm start`; the logs are written to files.
  stack = await startStack({
    apps: APPS,
    servers: ['mongodb', 'redis', 'nats', 's3'],
    env: LIMITS,
    log: 'file',
    print: report,
    readyDeadlineMs: 120_000,
  });
  const scene = await openScene(stack);
  const operatorKey = stack.env['gateway']?.['OPERATOR_API_KEY'] ?? '';
  const isSelected = (part: Part): boolean => options.only.includes(part);
  const reads = READS.filter(isSelected);
  const measured: { -readonly [P in keyof Measured]: Measured[P] } = { reads: [], posts: [], pages: [], crash: null };
  try {
    const poster = await createOrganization(scene, operatorKey, 'Bench Posts');
    if (isSelected('post')) {
      measured.posts = await measurePosts(stack, scene, poster, options);
      print(formatPosts(measured.posts));
    }
    if (isSelected('crash')) measured.crash = await measureCrash(stack, scene, poster, options);
    if (reads.length > 0) measured.reads = await measureAllReads(stack, scene, operatorKey, reads);
    if (reads.length > 0) print(formatReads(measured.reads));
    if (isSelected('pages')) {
      measured.pages = await measureAllPages(scene, operatorKey);
      print(formatPages(measured.pages));
    }
  } finally {
    await scene.client.close();
  }
  const errors = findErrors(measured);
  for (const error of errors) print(`WRONG: ${error}`);
  print(jsonLine('api', toFigures(measured)));
  return errors.length === 0 ? 0 : 1;
}

type OpenScene = Awaited<ReturnType<typeof openScene>>;

async function measureAllReads(
  running: Stack,
  scene: OpenScene,
  operatorKey: string,
  reads: readonly Read[],
): Promise<Measured['reads']> {
  report(`filling an organization with ${options.listed} deliveries`);
  const listed = await fillOrganization(
    scene,
    await createOrganization(scene, operatorKey, 'Bench Reads'),
    options.listed,
    report,
  );
  const peerUrl = process.env['BENCH_PEER_URL'];
  return measureReads(running, scene, listed, { ...options, reads, peerUrl });
}

async function measureAllPages(scene: OpenScene, operatorKey: string): Promise<Measured['pages']> {
  const sizes = [options.small, options.deliveries];
  const organizations = [];
  for (const deliveries of sizes) {
    report(`filling an organization with ${deliveries} deliveries`);
    const created = await createOrganization(scene, operatorKey, `Bench ${deliveries}`);
    organizations.push({ organization: await fillOrganization(scene, created, deliveries, report), deliveries });
  }
  report(`${options.pages} pages of each, alternating`);
  return measurePages(scene, organizations, options.pages);
}

function readOptions(): typeof FULL & { readonly report: (line: string) => void } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      only: text,
      seconds: text,
      rounds: text,
      deliveries: text,
      short: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const defaults = values.short ? SHORT : FULL;
  const requested = values.only?.split(',') ?? defaults.only;
  const only = PARTS.filter((part) => requested.includes(part));
  const numbers = {
    seconds: Number(values.seconds ?? defaults.seconds),
    rounds: Number(values.rounds ?? defaults.rounds),
    deliveries: Number(values.deliveries ?? defaults.deliveries),
  };
  const isValid = Object.values(numbers).every((number) => Number.isInteger(number) && number > 0);
  if (isValid && only.length === requested.length) return { ...defaults, only, ...numbers, report };
  process.stderr.write(`Unknown option, or a value that is not a positive whole number: see --help.\n`);
  process.exit(2);
}
