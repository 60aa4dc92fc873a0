import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '#deploy/local/fetch/fetch-package.js';
import { FetchError } from '#deploy/local/fetch/errors.js';
import { withLock } from '#deploy/local/fetch/folder-lock.js';

const run = promisify(execFile);
const REQUIREMENTS = resolve('test', 'fuzz', 'requirements.txt');

/**
 * The folder of the pinned fuzzer, for `PYTHONPATH`. It is installed once into the cache of downloaded programs and
 * does not touch the system's own packages. Each set of pins has its own folder.
 *
 * @throws FetchError `PYTHON_MISSING` or `DOWNLOAD_FAILED`
 */
export async function ensureSchemathesis(report: (line: string) => void): Promise<string> {
  const pinsDigest = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  const cache = cacheFolder();
  const folder = join(cache, `schemathesis-${await pythonVersion()}-${pinsDigest.slice(0, 12)}`);
  if (await exists(folder)) return folder;
  await mkdir(cache, { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (await exists(folder)) return folder;
    report(`installing the fuzzer from the package registry into ${folder}`);
    const work = await mkdtemp(join(cache, '.installing-'));
    try {
      await python([
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-cache-dir',
        '--no-deps',
        '--only-binary',
        ':all:',
        '--root-user-action',
        'ignore',
        '--target',
        join(work, 'site'),
        '--requirement',
        REQUIREMENTS,
      ]);
      await rename(join(work, 'site'), folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    return folder;
  });
}

/** The folder name contains the Python version, because compiled packages work with one version only. */
async function pythonVersion(): Promise<string> {
  return (await python(['-c', 'import sys; print("py%d.%d" % sys.version_info[:2])'])).trim();
}

async function python(args: readonly string[]): Promise<string> {
  try {
    return (await run('python3', args, { maxBuffer: 16 * 1024 * 1024 })).stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT' || stderr.includes('No module named pip')) {
      throw new FetchError(
        'PYTHON_MISSING',
        'The fuzzer needs Python with pip: apt-get install -y python3 python3-pip',
      );
    }
    throw new FetchError('DOWNLOAD_FAILED', `pip could not install the fuzzer: ${stderr.trim().slice(-500)}`);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
