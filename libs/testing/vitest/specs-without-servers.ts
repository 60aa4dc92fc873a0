import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Modules that start a server or an app. A spec that imports one, directly or indirectly, needs other processes. */
const PROCESS_STARTERS: readonly RegExp[] = [/^libs\/testing\/servers\//, /^deploy\/local\/servers\//];
const CHILD_PROCESS = 'node:child_process';
/** `import … from`, `export … from` and `import '…'`, but not `import type`, which runs nothing. */
const STATIC_IMPORT = /^(?:(?:import|export)\s+(?!type\b)[^'";]*?from|import)\s*'([^']+)'/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*'([^']+)'/g;

/**
 * Finds the specs that start neither a server nor any other process, by their direct and indirect imports.
 * @param root folder of the repository
 * @param folders folders with specs, relative to `root`
 * @returns their paths relative to `root`, sorted
 */
export function findSpecsWithoutServers(root: string, folders: readonly string[]): string[] {
  const specs = globSync(`{${folders.join(',')}}/**/*.spec.ts`, { cwd: root, exclude: ['**/node_modules'] });
  const imports = new Map<string, readonly string[]>();
  const getImports = (file: string): readonly string[] => {
    const cached = imports.get(file);
    if (cached) return cached;
    const found = readImports(root, file);
    imports.set(file, found);
    return found;
  };
  return specs.filter((spec) => !importsProcessStarter(spec, getImports)).sort();
}

function importsProcessStarter(spec: string, getImports: (file: string) => readonly string[]): boolean {
  const seen = new Set([spec]);
  for (const file of seen) {
    for (const imported of getImports(file)) {
      if (imported === CHILD_PROCESS || PROCESS_STARTERS.some((pattern) => pattern.test(imported))) return true;
      seen.add(imported);
    }
  }
  return false;
}

/** @returns the paths of imported files of this repository, and {@link CHILD_PROCESS}; other packages are omitted */
function readImports(root: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const imports = [STATIC_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) => [...source.matchAll(pattern)]);
  return imports.flatMap(([, specifier = '']) => {
    if (specifier === CHILD_PROCESS) return [specifier];
    const path = resolveImport(root, file, specifier);
    return path === undefined ? [] : [path];
  });
}

function resolveImport(root: string, from: string, specifier: string): string | undefined {
  const aliased = /^#((?:libs|deploy)\/.*)$/.exec(specifier)?.[1];
  if (aliased === undefined && !specifier.startsWith('.')) return undefined;
  const path = (aliased ?? relative(root, join(root, dirname(from), specifier))).replace(/\.js$/, '.ts');
  return existsSync(join(root, path)) && path.endsWith('.ts') ? path : undefined;
}
