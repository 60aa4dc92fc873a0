import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ServerError } from './server.js';

const run = promisify(execFile);

/** Debian's package for a shared library the pinned servers link to. */
const DEBIAN_PACKAGES: Readonly<Record<string, string>> = {
  'libcurl.so.4': 'libcurl4',
  'libssl.so.3': 'libssl3',
  'libcrypto.so.3': 'libssl3',
  'liblzma.so.5': 'liblzma5',
  'libgcc_s.so.1': 'libgcc-s1',
};

/** Names of libraries in the answer of `ldd` that were not found. */
export function parseMissingLibraries(ldd: string): string[] {
  return [...ldd.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

/** The Debian packages that hold the libraries, each once; a library nobody knows stands for itself. */
export function packagesFor(libraries: readonly string[]): string[] {
  return [...new Set(libraries.map((library) => DEBIAN_PACKAGES[library] ?? library))];
}

export async function missingLibraries(program: string): Promise<string[]> {
  const { stdout } = await run('ldd', [program]).catch(() => ({ stdout: '' }));
  return parseMissingLibraries(stdout);
}

/**
 * Installs the packages of missing libraries when we are root on a Debian, and says so; else tells which command does.
 * @throws ServerError `SERVER_UNUSABLE`
 */
export async function installMissingLibraries(
  title: string,
  libraries: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  const packages = packagesFor(libraries);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const unusable = (why: string): ServerError =>
    new ServerError('SERVER_UNUSABLE', `${title} misses ${libraries.join(', ')} (${why}). Run: ${command}`);
  if (process.getuid?.() !== 0) throw unusable('not root, so nothing was installed');
  const install = (): Promise<unknown> =>
    run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  report(`${title} misses ${libraries.join(', ')}: installing with "${command}"`);
  try {
    // The lists of a fresh image are empty: the first attempt fails, and an update heals it.
    await install().catch(async () => {
      await run('apt-get', ['update']);
      await install();
    });
  } catch (error) {
    throw unusable(`the installation failed: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
}
