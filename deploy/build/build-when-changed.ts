import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/**
 * Compiles everything into `dist` and copies the trained models beside the compiled files. `npm run build` starts from
 * an empty `dist`. `npm run build:changed` does nothing if the path, size and modification time of every source are
 * those of the last build. Run it in the repository root. Node runs this file directly, without compiling it.
 */
const FOLDERS = ['apps', 'libs', 'deploy', 'bench', 'test', 'sdk'];
const MODELS = 'libs/**/*.model';
/** Holds the fingerprint of the compiled sources. Written last, so that an interrupted build is repeated. */
const STAMP = 'dist/.sources';

const sources = fingerprint();
if (readStamp() !== sources) {
  rmSync('dist', { recursive: true, force: true });
  const { status } = spawnSync('swc', [...FOLDERS, '-d', 'dist', '--quiet'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  for (const file of globSync(MODELS)) cpSync(file, `dist/${file}`);
  writeFileSync(STAMP, sources);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync([`{${FOLDERS.join(',')}}/**/*.ts`, MODELS, '.swcrc', 'package-lock.json']).sort();
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
