import { startServer } from '#deploy/local/servers/index.js';
import { climb, measureLatency, meshPath, rawJetStreamPath, type LatencyFigures, type Path } from './latency.js';

/** Events from transaction to handler beside raw JetStream publish to consume, in the same run on the same servers. */
const GOAL_P99_MS = 100;
const GOAL_RATE = 50;
const STRETCH_RATE = 200;
const RATES = [25, 50, 100, 200, 400, 800, 1_600];
const SECONDS = 6;
const WARM_UP = { rate: 25, seconds: 3 };

async function run(path: Path): Promise<{ figures: LatencyFigures[]; highestRate: number }> {
  try {
    await measureLatency(path, WARM_UP.rate, WARM_UP.seconds);
    return await climb(path, RATES, SECONDS, GOAL_P99_MS);
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
  const p99 = mesh.figures.find(({ rate }) => rate === GOAL_RATE)?.p99Ms ?? Infinity;
  const all = [...raw.figures, ...mesh.figures];
  const harm = {
    lost: all.reduce((sum, { lost }) => sum + lost, 0),
    doubled: all.reduce((sum, { doubled }) => sum + doubled, 0),
  };
  const figures = {
    eventP99MsAt50: { value: p99, goal: GOAL_P99_MS, met: p99 < GOAL_P99_MS },
    eventHighestRate: { value: mesh.highestRate, goal: STRETCH_RATE, met: mesh.highestRate >= STRETCH_RATE },
    rawJetStreamHighestRate: { value: raw.highestRate, goal: null, met: null },
    lost: { value: harm.lost, goal: 0, met: harm.lost === 0 },
    doubled: { value: harm.doubled, goal: 0, met: harm.doubled === 0 },
  };
  console.log(JSON.stringify(figures));
  if (harm.lost + harm.doubled > 0) process.exitCode = 1;
} finally {
  await Promise.all([mongo.stop(), nats.stop()]);
}
