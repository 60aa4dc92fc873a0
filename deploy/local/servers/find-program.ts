import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { ServerError, type ServerDefinition } from './server.js';
import { installMissingLibraries, missingLibraries } from './shared-libraries.js';
import { compareVersions, formatVersion, parseVersion, type Version } from './version.js';

const run = promisify(execFile);

export interface FoundProgram {
  readonly path: string;
  readonly version: Version;
}

/** Returns the absolute path of the first of the programs that is on `PATH`. */
export async function findOnPath(programs: readonly string[], path: string): Promise<string | undefined> {
  for (const program of programs) {
    for (const folder of path.split(delimiter).filter((entry) => entry.startsWith('/'))) {
      const candidate = join(folder, program);
      const isUsable = await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isUsable) return candidate;
    }
  }
  return undefined;
}

/** @throws ServerError `SERVER_TOO_OLD` with the found version, its location and the required version */
export function requireVersion(definition: ServerDefinition, version: Version, where: string): void {
  if (compareVersions(version, definition.minimum) >= 0) return;
  throw new ServerError(
    'SERVER_TOO_OLD',
    `${definition.title} ${formatVersion(version)} at ${where} is too old: needed is ` +
      `${formatVersion(definition.minimum)} or newer (${definition.minimumFor}).`,
  );
}

/**
 * Checks that a program runs and has at least the minimum version. Installs missing shared libraries if permitted.
 * @throws ServerError `SERVER_TOO_OLD` or `SERVER_UNUSABLE`
 */
export async function checkProgram(
  definition: ServerDefinition,
  path: string,
  report: (line: string) => void,
): Promise<FoundProgram> {
  const output = await readVersion(definition, path).catch(async (error: unknown) => {
    const stderr = (error as { stderr?: string }).stderr ?? '';
    const missing = stderr.includes('error while loading shared libraries') ? await missingLibraries(path) : [];
    if (missing.length === 0) {
      throw new ServerError(
        'SERVER_UNUSABLE',
        `${definition.title} at ${path} does not run: ${stderr.trim() || String(error)}`,
      );
    }
    await installMissingLibraries(definition.title, missing, report);
    return readVersion(definition, path);
  });
  const version = parseVersion(output);
  if (!version) {
    throw new ServerError('SERVER_UNUSABLE', `${definition.title} at ${path} does not print its version.`);
  }
  requireVersion(definition, version, path);
  return { path, version };
}

async function readVersion(definition: ServerDefinition, path: string): Promise<string> {
  const { stdout } = await run(path, [...definition.versionArgs], { timeout: 20_000 });
  // SeaweedFS prints "version 8000GB 4.48", so `parseVersion` accepts only numbers with a dot.
  return stdout;
}
