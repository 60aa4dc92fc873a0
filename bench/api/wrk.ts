import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The result of one wrk run. Times are in milliseconds. */
export interface WrkFigures {
  readonly requests: number;
  readonly perSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Responses other than 2xx and 3xx, and failed connections. */
  readonly errors: number;
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Lua code that defines `request`. Without it, wrk requests the URL repeatedly. */
  readonly script?: string;
}

const REPORT_SCRIPT = `
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"requests":%d,"us":%d,"mean":%.1f,"p50":%.1f,"p95":%.1f,"p99":%.1f,"errors":%d}\\n',
    summary.requests, summary.duration, latency.mean, latency:percentile(50), latency:percentile(95),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`;

/** Runs wrk with one thread, because it shares this machine's cores with the servers. */
export async function wrk({ url, connections, seconds, headers = {}, script = '' }: Load): Promise<WrkFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'delauto-wrk-'));
  try {
    const file = join(folder, 'load.lua');
    const headerLines = Object.entries(headers).map(
      ([name, value]) => `wrk.headers[${toLuaString(name)}] = ${toLuaString(value)}`,
    );
    await writeFile(file, [...headerLines, script, REPORT_SCRIPT].join('\n'));
    const args = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--timeout', '10s', '-s', file, url];
    const { stdout } = await run('wrk', args);
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
export const toLuaString = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** A Lua table of strings. */
export const toLuaTable = (texts: readonly string[]): string => `{${texts.map(toLuaString).join(',')}}`;

/**
 * Installs wrk if it is absent and this process runs as root.
 *
 * @throws Error with the command that installs wrk, if this process cannot install it.
 */
export function ensureWrk(report: (line: string) => void): void {
  if (hasWrk()) return;
  if (process.getuid?.() === 0) {
    report('installing wrk by apt-get');
    const install = ['install', '-y', '--no-install-recommends', 'wrk'];
    // A fresh system has no package lists yet.
    if (spawnSync('apt-get', install, { stdio: 'ignore' }).status !== 0) {
      spawnSync('apt-get', ['update'], { stdio: 'ignore' });
      spawnSync('apt-get', install, { stdio: 'ignore' });
    }
    if (hasWrk()) return;
  }
  throw new Error('wrk, which generates the load, is not installed. Install it with: apt-get install -y wrk');
}

/** `wrk -v` prints its version and exits with 1, so only a missing binary counts as absent. */
const hasWrk = (): boolean => spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined;
