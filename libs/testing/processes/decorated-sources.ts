import { transformSync, version } from '@swc/core';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The time in which an app loads all modules that it needs at startup. */
const STARTUP_MS = 5_000;

/**
 * For `node --import`, together with `servers/typescript-sources.ts`: compiles this repository's sources with SWC on
 * load, because Node strips types but does not support decorators. The output is cached, because a test starts the same
 * app often.
 */
const root = new URL('../../../', import.meta.url);
const sourcePattern = new RegExp(
  `^${root.href.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:apps|libs|deploy|bench|test)/.*\\.ts$`,
);
const cacheFolder = fileURLToPath(new URL('.cache/compiled-sources/', root));
const settings = version + readFileSync(new URL('.swcrc', root), 'utf8');
mkdirSync(cacheFolder, { recursive: true });

// Also caches Node's compiled code, for packages and sources. It is flushed early: an app killed by a signal would not
// write it.
enableCompileCache(fileURLToPath(new URL('.cache/compiled-modules/', root)));
setTimeout(flushCompileCache, STARTUP_MS).unref();

registerHooks({
  load(url, context, nextLoad) {
    if (!sourcePattern.test(url)) return nextLoad(url, context);
    return { format: 'module', source: compile(fileURLToPath(url)), shortCircuit: true };
  },
});

function compile(filename: string): string {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update(settings).update(filename).update(source).digest('hex');
  const cachedFile = join(cacheFolder, `${key}.js`);
  try {
    return readFileSync(cachedFile, 'utf8');
  } catch {
    const { code } = transformSync(source, { filename, sourceMaps: false });
    // Written atomically, because other processes compile the same file.
    const temporaryFile = `${cachedFile}.${process.pid}`;
    writeFileSync(temporaryFile, code);
    renameSync(temporaryFile, cachedFile);
    return code;
  }
}
