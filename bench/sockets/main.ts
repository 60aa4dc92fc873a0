import { parseArgs } from 'node:util';
import { formatTable, jsonLine, judged, formatNumber, reported, type Figure } from '../figures.js';
import {
  measureBare,
  measureKill,
  measureOurs,
  FULL_LOAD,
  SHORT_LOAD,
  type Load,
  type Measured,
  type KillResult,
} from './measure.js';
import { Stage } from './stage.js';

const HELP = `The agents' live channel under many sockets, compared with bare Socket.IO in the same run.

  npm run bench:sockets -- [--sockets N] [--short]

  --sockets N   10 to 15000 (default 10000); each needs a file descriptor in two processes (ulimit -n)
  --short       100 sockets and few messages
  --help        prints this text

Prints a table and ends with one line of JSON. Exits 1 if a message was lost or delivered twice or a socket could not connect,
never for being slow. bench/README.md says what each figure means.
`;
const DEFAULT_SOCKETS = 10_000;
const SHORT_SOCKETS = 100;
const MAX_SOCKETS = 15_000;
const GOAL_SINGLE_P99_MS = 100;
const GOAL_BROADCAST_RATIO = 2.5;
const GOAL_MEMORY_RATIO = 1.5;
const MAX_PRINTED_ERRORS = 20;

const began = performance.now();
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const report = (line: string): void =>
  print(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}`);

const { sockets, load } = readOptions();
let stage: Stage | undefined;
process.once('SIGINT', () => void stage?.close().finally(() => process.exit(130)));
try {
  process.exitCode = await main();
} catch (error) {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await stage?.close();
}
process.exit();

function readOptions(): { readonly sockets: number; readonly load: Load } {
  const { values } = parseArgs({
    options: {
      sockets: { type: 'string' },
      short: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const count = Number(values.sockets ?? (values.short ? SHORT_SOCKETS : DEFAULT_SOCKETS));
  if (Number.isInteger(count) && count >= 10 && count <= MAX_SOCKETS) {
    return { sockets: count, load: values.short ? SHORT_LOAD : FULL_LOAD };
  }
  process.stderr.write(`--sockets takes a number from 10 to ${MAX_SOCKETS}, not "${values.sockets ?? ''}".\n`);
  process.exit(2);
}

async function main(): Promise<number> {
  report(`${sockets} sockets connect to bare Socket.IO`);
  const bare = await measureBare(sockets, load, report);
  report('starting the servers and notifications');
  stage = await Stage.open(report);
  await stage.start('notifications');
  report(`${sockets} sockets connect to one gateway`);
  const ours = await measureOurs(stage, sockets, load, report);
  report('killing one of two gateways');
  const killResult = await measureKill(stage, sockets, load, report);
  const deadLetters = await stage.deadLetters();
  const errors = [...bare.failed, ...ours.failed, ...killResult.errors];
  if (deadLetters > 0) errors.push(`${deadLetters} events are dead letters`);

  print(table(bare, ours));
  print(
    `\nAfter kill -9 of one of two gateways: ${killResult.messages} messages and ${killResult.announcements} announcements in total, ` +
      `each received by all its recipients ${killResult.recoverySeconds.toFixed(0)} s after the kill; ${killResult.wireDoubled} arrived twice over the wire.`,
  );
  for (const error of errors.slice(0, MAX_PRINTED_ERRORS)) print(`WRONG: ${error}`);
  if (errors.length > MAX_PRINTED_ERRORS) print(`… and ${errors.length - MAX_PRINTED_ERRORS} more.`);
  print(jsonLine('sockets', toFigures(bare, ours, killResult, errors.length)));
  return errors.length === 0 ? 0 : 1;
}

function ratio(ours: number | null, bare: number | null): number | null {
  return ours === null || bare === null || bare <= 0 ? null : ours / bare;
}

function table(bare: Measured, ours: Measured): string {
  const row = (what: string, getFigure: (measured: Measured) => number | null, unit: string): string[] => [
    what,
    formatNumber(getFigure(ours), unit),
    formatNumber(getFigure(bare), unit),
    formatNumber(ratio(getFigure(ours), getFigure(bare))),
  ];
  return formatTable(
    [`${sockets} sockets`, 'gateway', 'bare Socket.IO', 'ratio'],
    [
      row('to one agent, p50', ({ single }) => single.p50, 'ms'),
      row('to one agent, p99', ({ single }) => single.p99, 'ms'),
      row('to all, p50', ({ broadcast }) => broadcast.p50, 'ms'),
      row('to all, p99', ({ broadcast }) => broadcast.p99, 'ms'),
      row('memory per socket', ({ bytesPerSocket }) => bytesPerSocket / 1000, 'kB'),
      row('all connected', ({ connectSeconds }) => connectSeconds, 's'),
    ],
  );
}

function toFigures(bare: Measured, ours: Measured, killResult: KillResult, errorCount: number): Record<string, Figure> {
  return {
    sockets: reported(sockets),
    singleP50Ms: reported(ours.single.p50),
    singleP99Ms: judged(ours.single.p99, GOAL_SINGLE_P99_MS, 'at-most'),
    bareSingleP99Ms: reported(bare.single.p99),
    broadcastP99Ms: reported(ours.broadcast.p99),
    bareBroadcastP99Ms: reported(bare.broadcast.p99),
    broadcastP99Ratio: judged(ratio(ours.broadcast.p99, bare.broadcast.p99), GOAL_BROADCAST_RATIO, 'at-most'),
    kilobytesPerSocket: reported(ours.bytesPerSocket / 1000),
    bareKilobytesPerSocket: reported(bare.bytesPerSocket / 1000),
    memoryRatio: judged(ratio(ours.bytesPerSocket, bare.bytesPerSocket), GOAL_MEMORY_RATIO, 'at-most'),
    connectSeconds: reported(ours.connectSeconds),
    bareConnectSeconds: reported(bare.connectSeconds),
    lostDoubledOrWrong: judged(errorCount, 0, 'at-most'),
    doubledOnTheWire: reported(killResult.wireDoubled),
    completeAfterKillSeconds: reported(killResult.recoverySeconds),
  };
}
