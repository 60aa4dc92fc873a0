import { startServer } from '#deploy/local/servers/index.js';
import { parseArgs } from 'node:util';
import { jsonLine, judged, reported } from '../figures.js';
import { climbRates, measureLatency, meshPath, rawJetStreamPath, type LatencyFigures, type Path } from './latency.js';

const HELP = `Events from transaction to handler compared with raw JetStream from publish to consume, on the same servers.

  npm run bench:messaging -- [--short]

  --short   one rate for a second
  --help    prints this text

Prints tables and ends with one line of JSON. Exits 1 if an event was lost or duplicated, never for being slow.
`;
const GOAL_P99_MS = 100;
const GOAL_RATE = 50;
const STRETCH_RATE = 200;
const FULL = { rates: [25, 50, 100, 200, 400, 800, 1_600], seconds: 6, warmUp: { rate: 25, seconds: 3 } };
const SHORT = { rates: [50], seconds: 1, warmUp: { rate: 25, seconds: 1 } };

const { values } = parseArgs({ options: { short: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const { rates, seconds, warmUp } = values.short ? SHORT : FULL;

async function run(path: Path): Promise<{ figures: LatencyFigures[]; highestRate: number }> {
  try {
    await measureLatency(path, warmUp.rate, warmUp.seconds);
    return await climbRates(path, rates, seconds, GOAL_P99_MS);
  } finally {
    await path.close();
  }
}

const [mongo, nats] = await Promise.all([startServer('mongodb'), startServer('nats')]);
try {
  const raw = await run(await rawJetStreamPath(nats.url));
  const mesh = await run(await meshPath(mongo.environment['MONGODB_URI'] ?? mongo.url, nats.url));
  console.log('Raw JetStream, publish to consume (ms):');
  console.table(raw.figures);
  console.log('Outbox, relay, stream, inbox and handler, transaction to commit (ms):');
  console.table(mesh.figures);
  const p99 = mesh.figures.find(({ rate }) => rate === GOAL_RATE)?.p99Ms ?? null;
  const all = [...raw.figures, ...mesh.figures];
  const errors = {
    lost: all.reduce((sum, { lost }) => sum + lost, 0),
    doubled: all.reduce((sum, { doubled }) => sum + doubled, 0),
  };
  const figures = {
    [`eventP99MsAt${GOAL_RATE}`]: judged(p99, GOAL_P99_MS, 'at-most'),
    eventHighestRate: judged(mesh.highestRate, STRETCH_RATE, 'at-least'),
    rawJetStreamHighestRate: reported(raw.highestRate),
    lost: judged(errors.lost, 0, 'at-most'),
    doubled: judged(errors.doubled, 0, 'at-most'),
  };
  console.log(jsonLine('messaging', figures));
  if (errors.lost + errors.doubled > 0) process.exitCode = 1;
} finally {
  await Promise.all([mongo.stop(), nats.stop()]);
}
