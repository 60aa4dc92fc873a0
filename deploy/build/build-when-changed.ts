import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/**
 * `npm run build:changed`: compiles everything into `dist` like `npm run build`, unless the path, size and modification
 * time of every source are those of the last build. Run it in the repository root. Node runs this file directly,
 * without compiling it.
 */
const FOLDERS = ['apps', 'libs', 'deploy', 'bench', 'test', 'sdk'];
/** Holds the fingerprint of the compiled sources. Written last, so that an interrupted build is repeated. */
const STAMP = 'dist/.sources';

const sources = fingerprint();
if (readStamp() !== sources) {
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

function readStamp(): string | undefined {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}
