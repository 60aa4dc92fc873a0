/**
 * Preloaded (`--import`) by a worker thread that runs from the TypeScript sources, as under Vitest: resolves `./x.js` and
 * `#libs/x.js` to the sources and compiles them while loading. Not used by the compiled program.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    const isFromSource = context.parentURL?.endsWith('.ts') === true && specifier.endsWith('.js');
    if (isFromSource && specifier.startsWith('#libs/'))
      return next(new URL(toSource(specifier.slice(1)), root).href, context);
    if (isFromSource && specifier.startsWith('.')) return next(toSource(specifier), context);
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'), { mode: 'transform' });
    return { format: 'module', source, shortCircuit: true };
  },
});

function toSource(specifier: string): string {
  return specifier.replace(/\.js$/, '.ts');
}
