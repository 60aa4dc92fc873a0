import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleGraph } from '../../module-graph/module-graph.js';
import { waitUntil } from '../process/wait-until.js';
import { CompileError } from './compile.js';
import { Reloader } from './reloader.js';

let root: string;
let restarted: string[];
let printed: string[];
let reloader: Reloader;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** The sources in this spec are plain JavaScript, so compiling copies them. */
async function compile(files: readonly string[]): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  for (const file of files) {
    const text = await readFile(join(root, file), 'utf8');
    if (text.includes('syntax error')) throw new CompileError('Expression expected');
    await write(`dist/${file.replace(/\.ts$/, '.js')}`, text);
  }
}

async function change(path: string, text: string | undefined): Promise<void> {
  if (text === undefined) await rm(join(root, path));
  else await write(path, text);
  restarted = [];
  printed = [];
  reloader.addChange(path);
  await waitUntil(() => printed.length > 0, { what: 'the reloader to notice' });
  await reloader.whenIdle();
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'delauto-reload-spec-'));
  const sources = {
    'apps/routing/src/main.ts': `import './part.js';`,
    'apps/routing/src/part.ts': `import '#libs/shared.js';`,
    'apps/gateway/src/main.ts': `import '#libs/shared.js';`,
    'libs/shared.ts': '',
  };
  for (const [path, text] of Object.entries(sources)) await write(path, text);
  await compile(Object.keys(sources));
  const app = (name: string): { restart: () => Promise<void> } => ({
    restart: () => {
      restarted.push(name);
      return existsSync(join(root, 'broken')) ? Promise.reject(new Error('it ended')) : Promise.resolve();
    },
  });
  const apps = new Map(['routing', 'gateway'].map((name) => [name, app(name)]));
  reloader = new Reloader({ root, apps, graph: new ModuleGraph(root), compile, print: (line) => printed.push(line) });
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('Reloader', () => {
  it('restarts only the apps that import the changed file', async () => {
    await change('apps/routing/src/part.ts', `import './new.js';`);
    expect(restarted).toEqual(['routing']);
    await change('apps/routing/src/new.ts', '');
    expect(restarted).toEqual(['routing']);
    await change('libs/shared.ts', '// changed');
    expect(restarted).toEqual(['gateway']);
    await change('libs/other.ts', '');
    expect(restarted).toEqual([]);
  });

  it('removes the output of a removed file, and restarts the apps that imported it', async () => {
    await change('apps/routing/src/part.ts', undefined);
    expect(existsSync(join(root, 'dist/apps/routing/src/part.js'))).toBe(false);
    expect(restarted).toEqual(['routing']);
  });

  it('restarts no app after a compile error, and continues after an app that does not start', async () => {
    await change('libs/shared.ts', 'syntax error');
    expect(restarted).toEqual([]);
    expect(printed.join()).toContain('Expression expected');
    await write('broken', '');
    await change('libs/shared.ts', '');
    expect(restarted.sort()).toEqual(['gateway', 'routing']);
    expect(printed.join()).toContain('gateway does not start');
    await rm(join(root, 'broken'));
    await change('libs/shared.ts', '// fixed');
    expect(printed.join()).toContain('gateway is ready');
  });
});
