import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { cacheFolder } from '#deploy/local/fetch/fetch-package.js';

const run = promisify(execFile);
const VERSION = '9.15.6755';
const SCRIPT = join('bench', 'assignment', 'min_cost_flow.py');

/**
 * A problem in the form that the script reads. An entry of `places` has the agent's index, the number of places and the
 * cost of each.
 */
export interface OrToolsProblem {
  readonly arcs: readonly (readonly [delivery: number, agent: number, cost: number])[];
  readonly places: readonly (readonly [agent: number, count: number, cost: number])[];
  readonly unassignedCosts: readonly number[];
  readonly agents: number;
  readonly runs: number;
}

export interface OrToolsAnswer {
  readonly cost: number;
  readonly buildMs: number;
  readonly solveMs: readonly number[];
}

/**
 * Solves the problem with OR-tools, which is downloaded into the cache on first use, about 150 MB with its
 * dependencies.
 *
 * @throws Error if Python, pip or the package is not available; the message says what to do.
 */
export async function solveWithOrTools(
  problem: OrToolsProblem,
  report: (line: string) => void,
): Promise<OrToolsAnswer> {
  const folder = await ensureOrTools(report);
  const child = spawn('python3', [SCRIPT], {
    env: { ...process.env, PYTHONPATH: folder },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  child.stdin.end(JSON.stringify(problem));
  const [answer, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error(`OR-tools failed: ${stderr.trim().split('\n').at(-1) ?? code}`);
  return JSON.parse(answer) as OrToolsAnswer;
}

async function ensureOrTools(report: (line: string) => void): Promise<string> {
  const folder = join(cacheFolder(), `ortools-${VERSION}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  report(`downloading OR-tools ${VERSION}`);
  const work = `${folder}.${process.pid}`;
  await mkdir(work, { recursive: true });
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
    await run('python3', [...pip, '--target', work, `ortools==${VERSION}`]);
    await rename(work, folder);
  } catch (error) {
    throw new Error(
      'OR-tools could not be downloaded. Run apt-get install -y python3 python3-pip, or use --without-ortools. ' +
        String((error as { stderr?: string }).stderr ?? error),
      { cause: error },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}
