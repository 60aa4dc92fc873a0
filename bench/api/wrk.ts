import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What one run of wrk saw. Times in ms. */
export interface WrkFigures {
  readonly requests: number;
  readonly perSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Answers other than 2xx and 3xx, and connections that broke. */
  readonly errors: number;
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Lua that defines `request`; without it the URL is asked for again and again. */
  readonly script?: string;
}

const DONE = `
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"requests":%d,"us":%d,"mean":%.1f,"p50":%.1f,"p95":%.1f,"p99":%.1f,"errors":%d}\\n',
    summary.requests, summary.duration, latency.mean, latency:percentile(50), latency:percentile(95),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`;

/** One thread of wrk: it and the servers share this machine's cores. */
export async function wrk({ url, connections, seconds, headers = {}, script = '' }: Load): Promise<WrkFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'delauto-wrk-'));
  try {
    const file = join(folder, 'load.lua');
    const set = Object.entries(headers).map(([name, value]) => `wrk.headers[${quoted(name)}] = ${quoted(value)}`);
    await writeFile(file, [...set, script, DONE].join('\n'));
    const threads = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--timeout', '10s', '-s', file, url];
    const { stdout } = await run('wrk', threads);
    const { requests, us, mean, p50, p95, p99, errors } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<
      'requests' | 'us' | 'mean' | 'p50' | 'p95' | 'p99' | 'errors',
      number
    >;
    return {
      requests,
      perSecond: (requests * 1e6) / us,
      meanMs: mean / 1_000,
      p50Ms: p50 / 1_000,
      p95Ms: p95 / 1_000,
      p99Ms: p99 / 1_000,
      errors,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A Lua string literal. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** A Lua table of these texts. */
export const tableOf = (texts: readonly string[]): string => `{${texts.map(quoted).join(',')}}`;

/** @throws Error with the command that installs it, where this process cannot */
export function ensureWrk(report: (line: string) => void): void {
  if (hasWrk()) return;
  if (process.getuid?.() === 0) {
    report('installing wrk by apt-get');
    const install = ['install', '-y', '--no-install-recommends', 'wrk'];
    // A fresh system has no lists of packages yet.
    if (spawnSync('apt-get', install, { stdio: 'ignore' }).status !== 0) {
      spawnSync('apt-get', ['update'], { stdio: 'ignore' });
      spawnSync('apt-get', install, { stdio: 'ignore' });
    }
    if (hasWrk()) return;
  }
  throw new Error('wrk, which makes the load, is not there. Install it: apt-get install -y wrk');
}

/** It prints its version and exits with 1. */
const hasWrk = (): boolean => spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined;
