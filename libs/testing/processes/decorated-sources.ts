import { transformSync, version } from '@swc/core';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** When everything an app needs at its start is loaded. */
const STARTED_MS = 5_000;

/**
 * For `node --import`, beside `servers/typescript-sources.ts`: compiles our sources with SWC as they are loaded, because
 * Node strips types but does not know decorators. What was compiled once is kept: a test starts the same app many times.
 */
const root = new URL('../../../', import.meta.url);
const ours = new RegExp(
  `^${root.href.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:apps|libs|deploy|bench|test)/.*\\.ts$`,
);
const cache = fileURLToPath(new URL('.cache/compiled-sources/', root));
const settings = version + readFileSync(new URL('.swcrc', root), 'utf8');
mkdirSync(cache, { recursive: true });

// What Node compiles is kept as well, for packages and sources alike. An app that is ended by a signal would not write it down.
enableCompileCache(fileURLToPath(new URL('.cache/compiled-modules/', root)));
setTimeout(flushCompileCache, STARTED_MS).unref();

registerHooks({
  load(url, context, nextLoad) {
    if (!ours.test(url)) return nextLoad(url, context);
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});

function compiled(filename: string): string {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update(settings).update(filename).update(source).digest('hex');
  const kept = join(cache, `${key}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = transformSync(source, { filename, sourceMaps: false });
    // Whole or not at all: other processes compile the same.
    const begun = `${kept}.${process.pid}`;
    writeFileSync(begun, code);
    renameSync(begun, kept);
    return code;
  }
}
