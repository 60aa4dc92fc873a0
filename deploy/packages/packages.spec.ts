import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listAppPackages } from './packages-of-app.js';
import { removeOtherPackages } from './remove-other-packages.js';
import { removeUnusedFiles } from './remove-unused-files.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'delauto-packages-spec-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}
const has = (path: string): boolean => existsSync(join(root, path));

describe('removeUnusedFiles', () => {
  const binary = (machine: string): string => `onnxruntime-node/bin/napi-v6/${machine}/library`;

  it('keeps the binaries of the platform, and returns the bytes freed', async () => {
    await write({ [binary('linux/x64')]: 'xx', [binary('linux/arm64')]: 'xxx', [binary('win32/x64')]: 'xxxx' });
    expect(await removeUnusedFiles(root, { platform: 'linux', arch: 'x64' })).toBe(7);
    expect(['linux/x64', 'linux/arm64', 'win32/x64'].map((machine) => has(binary(machine)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await removeUnusedFiles(root, { platform: 'linux', arch: 'x64' })).toBe(0);
  });

  it('removes nothing when a file to keep is missing, or on an unknown platform', async () => {
    await write({ [binary('linux/riscv64')]: 'x', 'geo-tz/data/renamed.dat': 'x', 'usearch/include/a.h': 'x' });
    expect(await removeUnusedFiles(root, { platform: 'linux', arch: 'riscv64' })).toBe(0);
    expect(await removeUnusedFiles(root, { platform: 'linux', arch: 'x64' })).toBe(1);
    expect(has('geo-tz/data/renamed.dat')).toBe(true);
    expect(has('usearch/include/a.h')).toBe(false);
  });
});

describe('listAppPackages', () => {
  const manifest = (name: string, fields: object = {}): Record<string, string> => ({
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, ...fields }),
  });

  it('lists the packages that the app, its libraries, dynamic imports and worker threads use, with their dependencies', async () => {
    await write({
      'dist/apps/routing/src/main.js': `import fs from 'node:fs'; import './feature.js'; export { x } from '#libs/lib/lib.js';`,
      'dist/apps/routing/src/feature.js': `import { y } from '@scope/static/deep/file.js';`,
      'dist/libs/lib/lib.js': `export const x = () => import('lazy');`,
      'dist/libs/lib/worker.js': `import 'in-worker';`,
      'dist/libs/unreached/other.js': `import 'unused';`,
      ...manifest('@scope/static', { dependencies: { shared: '1' }, peerDependencies: { peer: '1', absent: '1' } }),
      ...manifest('lazy', { dependencies: { shared: '2' } }),
      ...manifest('lazy/node_modules/shared'),
      ...manifest('shared'),
      ...manifest('peer'),
      ...manifest('in-worker'),
      ...manifest('unused'),
      ...manifest('reflect-metadata'),
    });
    const listed = listAppPackages(root, 'routing');
    expect(listed).toEqual([
      '@scope/static',
      'in-worker',
      'lazy',
      'lazy/node_modules/shared',
      'peer',
      'reflect-metadata',
      'shared',
    ]);

    expect(await removeOtherPackages(join(root, 'node_modules'), listed)).toBe(1);
    expect(has('node_modules/unused')).toBe(false);
    for (const folder of listed) expect(has(`node_modules/${folder}`)).toBe(true);
  });

  it('rejects a package that is not installed, and a list for another folder', async () => {
    await write({ 'dist/apps/routing/src/main.js': `import 'missing';`, ...manifest('reflect-metadata') });
    expect(() => listAppPackages(root, 'routing')).toThrow('Package missing is imported');
    await rm(join(root, 'dist'), { recursive: true });
    expect(() => listAppPackages(root, 'routing')).toThrow('Not compiled');
    await expect(removeOtherPackages(join(root, 'node_modules'), ['elsewhere'])).rejects.toThrow(
      'None of the packages',
    );
  });
});
