import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product version of this process, from the nearest `package.json`. Works from source and from `dist`. */
export const VERSION = findVersion(dirname(fileURLToPath(import.meta.url)));

function findVersion(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
    if (typeof version === 'string') return version;
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json with a version in this folder or its parents.');
  return findVersion(parent);
}
