import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Stack } from '#deploy/local/stack/index.js';
import { percentile } from '../figures.js';
import { cpuSpent, readCpuClock } from '../mesh/process-cost.js';
import { Backlog } from './backlog.js';
import { combineRuns, type RunOptions } from './measure-reads.js';
import { deliveryInput, type BenchOrganization, type Scene } from './scene.js';
import { toLuaString, wrk, type WrkFigures } from './wrk.js';

const run = promisify(execFile);
const REFERENCE_PLACEHOLDER = 'REFERENCE';

export interface BareFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface PostFigures {
  readonly connections: number;
  readonly ours: WrkFigures;
  readonly bare: BareFigures;
  /** DelAuto's requests per second divided by the baseline's transactions per second: the median of the rounds. */
  readonly ratio: number | null;
  /** Events that were not handled when the last post got its response. */
  readonly backlog: number;
  /** The time until those events were handled. */
  readonly drainSeconds: number;
  /** The same ratio with the drain time included. */
  readonly ratioDrained: number | null;
  /** CPU milliseconds per post by process, until all events were handled. */
  readonly cpuMs: ReadonlyMap<string, number>;
  /** Deliveries that are stored but were not acknowledged, or acknowledged but not stored. */
  readonly unmatched: number;
}

/**
 * Measures posts with all consumers running, alternating round by round with a bare Mongoose transaction of two
 * documents. The backlog drains before the next round begins, so that neither measurement bears the other's load.
 */
export async function measurePosts(
  stack: Pick<Stack, 'apps' | 'servers' | 'env'>,
  scene: Scene,
  organization: Omit<BenchOrganization, 'deliveryIds'>,
  options: RunOptions,
): Promise<PostFigures[]> {
  const { seconds, rounds, connections: counts, warmUpSeconds, report } = options;
  const backlog = await Backlog.open(scene, stack.env['gateway']?.['NATS_URL'] ?? '');
  const deliveries = scene.routing.collection('deliveries');
  const figures: PostFigures[] = [];
  const headers = { authorization: `Bearer ${organization.token}`, 'content-type': 'application/json' };
  const post = (connections: number, name: string, forSeconds: number): Promise<WrkFigures> =>
    wrk({
      url: `${scene.gatewayUrl}/v1/deliveries`,
      connections,
      seconds: forSeconds,
      headers,
      script: toPostScript(deliveryInput(organization.customerId, REFERENCE_PLACEHOLDER), name),
    });
  try {
    for (const connections of counts) {
      report(`post, ${connections} connections`);
      await post(connections, `warm-${connections}`, warmUpSeconds);
      await backlog.waitUntilDrained();
      const measured = {
        ours: [] as WrkFigures[],
        bare: [] as BareFigures[],
        backlog: [] as number[],
        drain: [] as number[],
      };
      const cpu = new Map<string, number>();
      let unmatched = 0;
      for (let round = 0; round < rounds; round += 1) {
        measured.bare.push(await measureBareTransactions(stack, connections, seconds));
        const name = `p-${connections}-${round}-${Date.now()}`;
        const before = readCpuClock(stack.apps, stack.servers);
        const ours = await post(connections, name, seconds);
        measured.backlog.push(await backlog.count());
        measured.drain.push(await backlog.waitUntilDrained());
        for (const [process, ms] of cpuSpent(before, readCpuClock(stack.apps, stack.servers))) {
          cpu.set(process, (cpu.get(process) ?? 0) + ms);
        }
        measured.ours.push(ours);
        const stored = await deliveries.countDocuments({
          organizationId: organization.organizationId,
          reference: { $gte: `${name}-`, $lt: `${name}.` },
        });
        // Requests in flight when wrk stopped are stored, but wrk does not count their responses.
        unmatched +=
          Math.max(0, ours.requests - ours.errors - stored) + Math.max(0, stored - ours.requests - connections);
      }
      const ours = combineRuns(measured.ours);
      const perRound = measured.ours.map(({ perSecond, requests }, round) => {
        const bare = measured.bare[round]?.perSecond ?? NaN;
        return { ratio: perSecond / bare, drained: requests / (seconds + (measured.drain[round] ?? 0)) / bare };
      });
      figures.push({
        connections,
        ours,
        bare: toMedians(measured.bare),
        ratio: percentile(
          perRound.map(({ ratio }) => ratio),
          0.5,
        ),
        ratioDrained: percentile(
          perRound.map(({ drained }) => drained),
          0.5,
        ),
        backlog: percentile(measured.backlog, 0.5) ?? NaN,
        drainSeconds: percentile(measured.drain, 0.5) ?? NaN,
        cpuMs: new Map([...cpu].map(([process, ms]) => [process, ms / ours.requests])),
        unmatched,
      });
    }
  } finally {
    await backlog.close();
  }
  return figures;
}

/** Each post is a new delivery with its own Idempotency-Key, as a partner's system would send it. */
function toPostScript(input: object, name: string): string {
  const [before = '', after = ''] = JSON.stringify(input).split(REFERENCE_PLACEHOLDER);
  return `
local count = 0
function request()
  count = count + 1
  local reference = ${toLuaString(`${name}-`)} .. count
  wrk.headers['idempotency-key'] = reference
  return wrk.format('POST', nil, nil, ${toLuaString(before)} .. reference .. ${toLuaString(after)})
end`;
}

async function measureBareTransactions(
  { env }: Pick<Stack, 'env'>,
  connections: number,
  seconds: number,
): Promise<BareFigures> {
  const uri = new URL(env['routing']?.['MONGODB_URI'] ?? '');
  uri.pathname = '/delauto_bare';
  const script = new URL('./bare-transactions.js', import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [script, uri.href, String(connections), String(seconds)]);
  return JSON.parse(stdout) as BareFigures;
}

function toMedians(runs: readonly BareFigures[]): BareFigures {
  const medianBy = (of: (run: BareFigures) => number): number => percentile(runs.map(of), 0.5) ?? NaN;
  return {
    perSecond: medianBy(({ perSecond }) => perSecond),
    p50Ms: medianBy(({ p50Ms }) => p50Ms),
    p99Ms: medianBy(({ p99Ms }) => p99Ms),
  };
}
