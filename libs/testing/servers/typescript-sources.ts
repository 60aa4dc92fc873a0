import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * For `node --import`: runs TypeScript sources without compiling them. Node strips the types. These hooks resolve
 * imports that end in `.js`, `#libs/` and `#deploy/` to the sources.
 */
const root = new URL('../../../', import.meta.url);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const path = /^#((?:libs|deploy)\/.*)\.js$/.exec(specifier)?.[1];
    if (path !== undefined) return nextResolve(new URL(`${path}.ts`, root).href, context);
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts') === true) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return nextResolve(source.href, context);
    }
    return nextResolve(specifier, context);
  },
});
