import { startServer } from '#deploy/local/servers/index.js';
import { measureLatency, meshPath, rawJetStreamPath, type LatencyFigures, type Path } from '../messaging/latency.js';

/** Rates in events per second; each is offered for `seconds`, until one misses the goal. */
export interface RatePlan {
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export const FULL_RATE_PLAN: RatePlan = { rates: [50, 100, 200, 400, 800], seconds: 15, warmUpSeconds: 3 };
export const SHORT_RATE_PLAN: RatePlan = { rates: [50], seconds: 1, warmUpSeconds: 1 };
const WARM_UP_RATE = 50;

export const GOAL_P99_MS = 100;
export const GOAL_AT_RATE = 50;
export const STRETCH_RATE = 200;

export interface RateSeries {
  readonly figures: readonly LatencyFigures[];
  /** The highest rate that met the goal; 0 if no rate did. */
  readonly highestRate: number;
}

/**
 * Measures events from the start of the publishing transaction to the commit of the handler's transaction, and raw
 * JetStream from publish to consume, at the same rates on the same NATS server. The bench starts its own NATS server,
 * because `meshPath` declares streams under the apps' names. MongoDB is the one that the apps use.
 */
export async function measureEventLatency(
  mongoUri: string,
  ratePlan: RatePlan,
  report: (line: string) => void,
): Promise<{ readonly mesh: RateSeries; readonly raw: RateSeries }> {
  const nats = await startServer('nats', { env: { ...process.env, NATS_URL: '' } });
  try {
    report('raw JetStream, publish to consume');
    const raw = await climbRates(await rawJetStreamPath(nats.url), ratePlan);
    report('outbox, relay, stream, inbox and handler');
    const mesh = await climbRates(await meshPath(toBenchDatabase(mongoUri), nats.url), ratePlan);
    return { raw, mesh };
  } finally {
    await nats.stop();
  }
}

async function climbRates(path: Path, { rates, seconds, warmUpSeconds }: RatePlan): Promise<RateSeries> {
  try {
    await measureLatency(path, WARM_UP_RATE, warmUpSeconds);
    const figures: LatencyFigures[] = [];
    let highestRate = 0;
    for (const rate of rates) {
      const measured = await measureLatency(path, rate, seconds);
      figures.push(measured);
      if (!meetsGoal(measured)) break;
      highestRate = rate;
    }
    return { figures, highestRate };
  } finally {
    await path.close();
  }
}

const meetsGoal = ({ p99Ms, lost }: LatencyFigures): boolean => p99Ms <= GOAL_P99_MS && lost === 0;

/** Uses another database name, so that the apps' own databases are not touched. */
function toBenchDatabase(mongoUri: string): string {
  const uri = new URL(mongoUri);
  uri.pathname = '/delauto_bench';
  return uri.href;
}
