import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ServerError } from './server.js';

const run = promisify(execFile);

/** Debian packages of the shared libraries that the pinned servers need. */
const DEBIAN_PACKAGES: Readonly<Record<string, string>> = {
  'libcurl.so.4': 'libcurl4',
  'libssl.so.3': 'libssl3',
  'libcrypto.so.3': 'libssl3',
  'liblzma.so.5': 'liblzma5',
  'libgcc_s.so.1': 'libgcc-s1',
};

/** Returns the libraries that the output of `ldd` reports as not found. */
export function parseMissingLibraries(ldd: string): string[] {
  return [...ldd.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

/** Returns the Debian packages of the libraries, without duplicates. An unknown library is returned by its own name. */
export function packagesFor(libraries: readonly string[]): string[] {
  return [...new Set(libraries.map((library) => DEBIAN_PACKAGES[library] ?? library))];
}

export async function missingLibraries(program: string): Promise<string[]> {
  const { stdout } = await run('ldd', [program]).catch(() => ({ stdout: '' }));
  return parseMissingLibraries(stdout);
}

/**
 * Installs the packages of missing libraries on Debian and reports it. Needs root.
 * @throws ServerError `SERVER_UNUSABLE` with the command to run, when it cannot install them
 */
export async function installMissingLibraries(
  title: string,
  libraries: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  const packages = packagesFor(libraries);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const unusable = (why: string): ServerError =>
    new ServerError(
      'SERVER_UNUSABLE',
      `${title} needs the missing libraries ${libraries.join(', ')} (${why}). Run: ${command}`,
    );
  if (process.getuid?.() !== 0) throw unusable('not root, so nothing was installed');
  const install = (): Promise<unknown> =>
    run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  report(`${title} needs ${libraries.join(', ')}; installing with "${command}"`);
  try {
    // In a fresh image the package lists are empty: the first attempt fails and succeeds after an update.
    await install().catch(async () => {
      await run('apt-get', ['update']);
      await install();
    });
  } catch (error) {
    throw unusable(`the installation failed: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
}
