import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/**
 * `npm run build:changed`: compiles everything into `dist` as `npm run build` does, unless `dist` was compiled from exactly
 * these sources before. Runs from the root of the repository, as Node runs TypeScript: it is not compiled itself.
 */
const FOLDERS = ['apps', 'libs', 'deploy', 'bench', 'test', 'sdk'];
/** Says which sources `dist` was compiled from; written last, so that a build that broke off is none. */
const STAMP = 'dist/.sources';

const sources = fingerprint();
if (kept() !== sources) {
  rmSync('dist', { recursive: true, force: true });
  const { status } = spawnSync('swc', [...FOLDERS, '-d', 'dist', '--quiet'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, sources);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync([`{${FOLDERS.join(',')}}/**/*.ts`, '.swcrc', 'package-lock.json']).sort();
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function kept(): string | undefined {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}
