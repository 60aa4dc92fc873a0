import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../process/wait-until.js';
import { backOffMs } from './app-process.js';
import { appFigures, startStack, type Stack, type StackOptions } from './index.js';

const APP = `
import { createServer } from 'node:http';
const log = (msg, more) => console.log(JSON.stringify({ level: 'info', time: Date.now(), msg, ...more }));
let ready = false;
createServer((request, response) => {
  if (request.url === '/die') { console.error('the last words'); process.exit(3); }
  response.statusCode = request.url !== '/health/ready' || ready ? 200 : 503;
  response.end(JSON.stringify({ pid: process.pid, redis: process.env.REDIS_URL, extra: process.env.EXTRA }));
}).listen(Number(process.env.PORT), '127.0.0.1', () => { ready = true; log('serving'); });
process.on('SIGTERM', () => { log('drained'); process.exit(0); });
`;

let folder: string;
let stacks: Stack[];
let printed: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'delauto-stack-spec-'));
  stacks = [];
  printed = [];
});
afterEach(async () => {
  await Promise.all(stacks.map((stack) => stack.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function writeScript(name: string, source: string): Promise<{ name: string; script: string }> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, source);
  return { name, script: file };
}

async function start(options: StackOptions): Promise<Stack> {
  const stack = await startStack({
    servers: [],
    callerEnv: { PATH: process.env['PATH'] },
    print: (line) => printed.push(line),
    ...options,
  });
  stacks.push(stack);
  return stack;
}

const getOnly = <T>(map: ReadonlyMap<string, T>): T => {
  const [value] = map.values();
  if (value === undefined) throw new Error('nothing was started');
  return value;
};
const fetchJson = async (url: string): Promise<Record<string, unknown>> =>
  (await (await fetch(url)).json()) as Record<string, unknown>;
const waitForLine = (text: string): Promise<boolean> =>
  waitUntil(() => printed.some((line) => line.includes(text)), {
    what: `"${text}" to be printed`,
  });

describe('startStack', () => {
  it('starts apps with their servers, prints their logs, and stops everything gracefully', async () => {
    const stack = await start({
      apps: [await writeScript('one', APP), await writeScript('two', APP)],
      servers: ['redis'],
      env: { EXTRA: 'for all' },
      appEnv: { two: { EXTRA: 'for two' } },
    });
    const redisUrl = stack.servers.get('redis')?.url;
    expect(await fetchJson(stack.apps.get('one')?.url ?? '')).toMatchObject({ redis: redisUrl, extra: 'for all' });
    expect(await fetchJson(stack.apps.get('two')?.url ?? '')).toMatchObject({ redis: redisUrl, extra: 'for two' });
    for (const { readyAfterMs, residentMiB } of await appFigures(stack)) {
      expect(readyAfterMs).toBeGreaterThan(0);
      expect(residentMiB).toBeGreaterThan(10);
    }
    await waitForLine('INFO  serving');
    await stack.stop();
    await waitForLine('INFO  drained');
    expect([...stack.apps.values()].map(({ pid }) => pid)).toEqual([undefined, undefined]);
    await expect(access(stack.dataDir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('starts replicas of an app on separate ports, and one simulator', async () => {
    const apps = [await writeScript('one', APP), await writeScript('simulator', APP)];
    const stack = await start({ apps, replicas: 2, appEnv: { one: { EXTRA: 'for both' } } });
    expect([...stack.apps.keys()]).toEqual(['one', 'one-2', 'simulator']);
    const [first, second] = await Promise.all(
      ['one', 'one-2'].map((name) => fetchJson(stack.apps.get(name)?.url ?? '')),
    );
    expect([first?.['extra'], second?.['extra']]).toEqual(['for both', 'for both']);
    expect(first?.['pid']).not.toBe(second?.['pid']);
  });

  it('leaves a killed app down until it is restarted, on the same port', async () => {
    const app = getOnly((await start({ apps: [await writeScript('one', APP)] })).apps);
    const before = await fetchJson(app.url);
    await app.kill9();
    await expect(fetchJson(app.url)).rejects.toThrow();
    expect(app.pid).toBeUndefined();
    await app.restart();
    expect((await fetchJson(app.url))['pid']).not.toBe(before['pid']);
  });

  it('prints the last lines of an app that exits unexpectedly, and restarts it', async () => {
    const app = getOnly((await start({ apps: [await writeScript('one', APP)] })).apps);
    const before = await fetchJson(app.url);
    await fetchJson(`${app.url}/die`).catch(() => undefined);
    await waitForLine('one exited unexpectedly (exit code 3); restarting in 0.5 s. Last log lines:');
    await waitForLine('the last words');
    await waitUntil(async () => (await fetchJson(app.url))['pid'] !== before['pid'], {
      what: 'the app to be back',
    });
  });

  it('does not restart an app when `restartsOnExit` is false', async () => {
    const app = getOnly((await start({ apps: [await writeScript('one', APP)], restartsOnExit: false })).apps);
    await fetchJson(`${app.url}/die`).catch(() => undefined);
    await waitForLine('not restarting');
    expect(app.pid).toBeUndefined();
  });

  it('fails with the last lines of an app that does not become ready', async () => {
    const apps = [await writeScript('bad', "console.error('JWT_SECRET is required and not set'); process.exit(78);")];
    await expect(start({ apps })).rejects.toMatchObject({
      code: 'APP_ENDED',
      message: expect.stringContaining('JWT_SECRET is required and not set') as string,
    });
  });

  it('keeps data, logs and secrets in a given folder', async () => {
    const dataDir = join(folder, 'kept');
    const apps = [await writeScript('one', APP)];
    const first = await start({ apps, dataDir, log: 'file' });
    await first.stop();
    const second = await start({ apps, dataDir, log: 'file' });
    expect(second.env['one']?.['JWT_SECRET']).toBe(first.env['one']?.['JWT_SECRET']);
    await waitUntil(async () => (await readFile(join(dataDir, 'logs/one.log'), 'utf8')).includes('drained'), {
      what: 'the log to be written',
    });
    expect(printed).toEqual([]);
  });

  it('doubles the delay before each restart, up to 30 s', () => {
    expect([1, 2, 3, 10].map(backOffMs)).toEqual([500, 1000, 2000, 30_000]);
  });
});
