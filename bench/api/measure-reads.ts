import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { GuardedProcess } from '#deploy/local/process/guarded-process.js';
import type { Stack } from '#deploy/local/stack/index.js';
import { cpuMs } from '../mesh/process-cost.js';
import { percentile } from '../figures.js';
import { toCursor, type BenchOrganization, type Scene } from './scene.js';
import { toLuaTable, wrk, type WrkFigures } from './wrk.js';

export const READS = ['cached', 'cold', 'page', 'coldPage'] as const;
export type Read = (typeof READS)[number];
const PAGE_SIZE = 50;

/** One kind of read, measured alternately on DelAuto and on its baselines. */
export interface ReadFigures {
  readonly read: Read;
  readonly connections: number;
  readonly ours: WrkFigures;
  readonly bare: WrkFigures;
  /** Another server's figures, if BENCH_PEER_URL names one. */
  readonly peer: WrkFigures | null;
  /** DelAuto's requests per second divided by the bare server's: the median of the rounds. */
  readonly ratio: number | null;
  /** CPU time of the gateway per request. */
  readonly oursCpuMs: number;
  /** CPU time of the bare server per request. */
  readonly bareCpuMs: number;
}

interface Target {
  readonly path: string;
  readonly body: string;
  /** Paths that are requested in turn, each once, so that none of them is in the cache. */
  readonly each?: readonly string[];
}

/** How wrk is run, for reads and for posts. */
export interface RunOptions {
  readonly seconds: number;
  /** Runs of each, alternating between DelAuto and the baseline. */
  readonly rounds: number;
  /** The numbers of connections to measure. */
  readonly connections: readonly number[];
  readonly warmUpSeconds: number;
  readonly report: (line: string) => void;
}

export interface ReadOptions extends RunOptions {
  readonly reads: readonly Read[];
  readonly peerUrl: string | undefined;
}

/**
 * Measures reads as production serves them, alternating round by round with a bare NestJS handler on Fastify that
 * returns the same bytes.
 */
export async function measureReads(
  stack: Pick<Stack, 'apps' | 'dataDir'>,
  scene: Scene,
  organization: BenchOrganization,
  { reads, seconds, rounds, connections: counts, peerUrl, report }: ReadOptions,
): Promise<ReadFigures[]> {
  const headers = { authorization: `Bearer ${organization.token}` };
  const targets = await readTargets(scene, organization, headers);
  const bare = await startBareServer(stack.dataDir, targets);
  const gatewayPid = stack.apps.get('gateway')?.pid ?? 0;
  const figures: ReadFigures[] = [];
  try {
    for (const read of reads) {
      const { path, each } = targets[read];
      for (const connections of counts) {
        report(`${read}, ${connections} connections`);
        const measured = { ours: [] as WrkFigures[], bare: [] as WrkFigures[], peer: [] as WrkFigures[] };
        const cpu = { ours: 0, bare: 0 };
        const bareLoad = { connections, url: `${bare.url}/bytes/${read}` };
        await wrk({ connections, seconds: 1, headers, url: `${scene.gatewayUrl}${path}` });
        await wrk({ ...bareLoad, seconds: 1 });
        for (let round = 0; round < rounds; round += 1) {
          const part = figures.length * rounds + round;
          const script = each && toRoundRobinScript(each, part, rounds * READS.length * counts.length);
          const load = { connections, seconds, headers, ...(script === undefined ? {} : { script }) };
          cpu.ours += await cpuDuring(gatewayPid, async () => {
            measured.ours.push(await wrk({ ...load, url: `${scene.gatewayUrl}${path}` }));
          });
          cpu.bare += await cpuDuring(bare.pid, async () => {
            measured.bare.push(await wrk({ ...bareLoad, seconds }));
          });
          if (peerUrl !== undefined) measured.peer.push(await wrk({ connections, seconds, url: peerUrl }));
        }
        const all = { ours: combineRuns(measured.ours), bare: combineRuns(measured.bare) };
        figures.push({
          read,
          connections,
          ...all,
          peer: measured.peer.length > 0 ? combineRuns(measured.peer) : null,
          ratio: percentile(
            measured.ours.map(({ perSecond }, round) => perSecond / (measured.bare[round]?.perSecond ?? NaN)),
            0.5,
          ),
          oursCpuMs: cpu.ours / all.ours.requests,
          bareCpuMs: cpu.bare / all.bare.requests,
        });
      }
    }
  } finally {
    await bare.stop();
  }
  return figures;
}

async function cpuDuring(pid: number, work: () => Promise<void>): Promise<number> {
  const before = cpuMs(pid);
  await work();
  return cpuMs(pid) - before;
}

async function readTargets(
  { gatewayUrl }: Scene,
  { deliveryIds }: BenchOrganization,
  headers: Record<string, string>,
): Promise<Readonly<Record<Read, Target>>> {
  const readBody = async (path: string): Promise<string> => {
    const response = await fetch(`${gatewayUrl}${path}`, { headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`GET ${path} failed with status ${response.status}: ${body}`);
    return body;
  };
  const one = `/v1/deliveries/${deliveryIds[0] ?? ''}`;
  const page = `/v1/deliveries?limit=${PAGE_SIZE}`;
  const [oneBody, pageBody] = [await readBody(one), await readBody(page)];
  return {
    cached: { path: one, body: oneBody },
    cold: { path: one, body: oneBody, each: deliveryIds.map((id) => `/v1/deliveries/${id}`) },
    page: { path: page, body: pageBody },
    coldPage: { path: page, body: pageBody, each: deliveryIds.map((id) => `${page}&cursor=${toCursor(id)}`) },
  };
}

/** A wrk script that requests these paths one after another. Each of the `parts` runs starts at another position. */
function toRoundRobinScript(paths: readonly string[], part: number, parts: number): string {
  const first = Math.floor((paths.length / parts) * (part % parts));
  return `
local paths = ${toLuaTable([...paths.slice(first), ...paths.slice(0, first)])}
local at = 0
function request()
  at = at % #paths + 1
  return wrk.format('GET', paths[at])
end`;
}

async function startBareServer(
  dataDir: string,
  targets: Readonly<Record<Read, Target>>,
): Promise<{ readonly url: string; readonly pid: number; readonly stop: () => Promise<unknown> }> {
  const file = join(dataDir, 'bare-bodies.json');
  const bodies = Object.entries(targets).map(([read, { body }]) => [read, body] as const);
  await writeFile(file, JSON.stringify(Object.fromEntries(bodies)));
  const script = new URL('./bare-server.js', import.meta.url).pathname;
  const bare = await GuardedProcess.start(process.execPath, [script, file], { env: { ...process.env } });
  const lines = createInterface({ input: bare.child.stdout ?? process.stdin });
  const url = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    void bare.exited.then(() => reject(new Error('The bare server exited before it printed its URL.')));
  });
  return { url, pid: bare.pid, stop: () => bare.stop(2_000) };
}

/** Combines several runs: requests and errors are summed; rates and times are medians. */
export function combineRuns(runs: readonly WrkFigures[]): WrkFigures {
  const medianBy = (of: (run: WrkFigures) => number): number => percentile(runs.map(of), 0.5) ?? NaN;
  return {
    requests: runs.reduce((sum, { requests }) => sum + requests, 0),
    perSecond: medianBy(({ perSecond }) => perSecond),
    meanMs: medianBy(({ meanMs }) => meanMs),
    p50Ms: medianBy(({ p50Ms }) => p50Ms),
    p95Ms: medianBy(({ p95Ms }) => p95Ms),
    p99Ms: medianBy(({ p99Ms }) => p99Ms),
    errors: runs.reduce((sum, { errors }) => sum + errors, 0),
  };
}
