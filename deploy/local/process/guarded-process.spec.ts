import { spawn, type ChildProcess } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardedProcess } from './guarded-process.js';
import { waitUntil } from './wait-until.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'delauto-lifecycle-spec-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs `body` in its own process, from the sources. Resolves with the first line that it prints. */
async function runParent(body: string): Promise<{ parent: ChildProcess; printed: unknown }> {
  const script = join(folder, 'parent.mjs');
  const root = process.cwd();
  await writeFile(script, body.replaceAll('@deploy', join(root, 'deploy')));
  const parent = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--experimental-transform-types',
      '--import',
      join(root, 'libs/testing/servers/typescript-sources.ts'),
      script,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const printed = await new Promise<unknown>((resolve, reject) => {
    createInterface({ input: parent.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    parent.once('exit', (code) => reject(new Error(`the parent ended with ${code ?? 'a signal'}`)));
  });
  return { parent, printed };
}

/** Whether a process runs. A zombie does not run: it has ended and holds no ports. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat !== undefined) return !/\) Z /.test(stat);
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function waitUntilExited(pids: readonly number[]): Promise<void> {
  await waitUntil(async () => !(await Promise.all(pids.map(isRunning))).includes(true), {
    what: `the processes ${pids.join(', ')} to exit`,
  });
}

describe.each(['both', 'watchdog'] as const)('children under the guard "%s"', (guard) => {
  it('are killed, with their own child processes, when the parent is killed with SIGKILL', async () => {
    const { parent, printed } = await runParent(`
      import { GuardedProcess } from '@deploy/local/process/guarded-process.ts';
      const child = await GuardedProcess.start('sh', ['-c', 'sleep 1000 & echo $!; wait'], { guard: '${guard}' });
      child.child.stdout.once('data', (text) => console.log(JSON.stringify([child.pid, Number(text)])));
    `);
    const pids = printed as number[];
    expect(await Promise.all(pids.map(isRunning))).toEqual([true, true]);
    parent.kill('SIGKILL');
    await waitUntilExited(pids);
  });
});

it('servers and their temporary folders are removed after kill -9 of their parent process', async () => {
  const { parent, printed } = await runParent(`
    import { dirname } from 'node:path';
    import { startServers } from '@deploy/local/servers/index.ts';
    const env = { ...process.env, MONGODB_URI: '', REDIS_URL: '', NATS_URL: '', S3_ENDPOINT: '', DELAUTO_SERVERS: 'path,cache' };
    const servers = [...(await startServers(undefined, { env })).values()];
    console.log(JSON.stringify({ pids: servers.map((one) => one.pid), folders: servers.map((one) => dirname(one.logFile)) }));
  `);
  const { pids, folders } = printed as { pids: number[]; folders: string[] };
  expect(pids).toHaveLength(4);
  parent.kill('SIGKILL');
  await waitUntilExited(pids);
  const exists = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );
  await waitUntil(async () => !(await Promise.all(folders.map(exists))).includes(true), {
    what: 'the folders to be removed',
  });
});

it('a parent that exits normally leaves no child process', async () => {
  const { parent, printed } = await runParent(`
    import { GuardedProcess } from '@deploy/local/process/guarded-process.ts';
    const child = await GuardedProcess.start('sleep', ['1000'], { guard: 'watchdog' });
    console.log(JSON.stringify([child.pid]));
    process.on('SIGTERM', () => process.exit(0));
  `);
  expect(await isRunning((printed as number[])[0] ?? 0)).toBe(true);
  parent.kill('SIGTERM');
  await waitUntilExited(printed as number[]);
});

describe('GuardedProcess', () => {
  it('rejects with the system error when the program does not exist', async () => {
    await expect(GuardedProcess.start('/no/such/program', [], { guard: 'watchdog' })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('stops with SIGTERM, and kills a process that ignores it', async () => {
    const terminating = await GuardedProcess.start('sleep', ['1000']);
    expect(await terminating.stop(10_000)).toBe(true);
    const ignoring = await GuardedProcess.start('sh', ['-c', "trap '' TERM; echo deaf; while :; do sleep 1; done"]);
    await new Promise((resolve) => ignoring.child.stdout?.once('data', resolve));
    expect(await ignoring.stop(200)).toBe(false);
    expect(ignoring.running).toBe(false);
    await waitUntilExited([terminating.pid, ignoring.pid]);
  });
});
