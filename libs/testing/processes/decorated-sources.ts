import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * For `node --import`, beside `servers/typescript-sources.ts`: compiles our sources with SWC as they are loaded, because
 * Node strips types but does not know decorators.
 */
const root = new URL('../../../', import.meta.url).href;
const ours = new RegExp(`^${root.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:apps|libs|deploy|bench|test)/.*\\.ts$`);

registerHooks({
  load(url, context, nextLoad) {
    if (!ours.test(url)) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, sourceMaps: 'inline' });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
