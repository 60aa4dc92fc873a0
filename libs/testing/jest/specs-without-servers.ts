import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What starts a server or an app: a spec that reaches one of these, however indirectly, needs more than its own process. */
const STARTS_PROCESSES: readonly RegExp[] = [/^libs\/testing\/servers\//, /^deploy\/local\/servers\//];
const CHILD_PROCESS = 'node:child_process';
/** `import … from`, `export … from` and `import '…'`, but no `import type`, which leaves nothing to run. */
const STATIC_IMPORT = /^(?:(?:import|export)\s+(?!type\b)[^'";]*?from|import)\s*'([^']+)'/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*'([^']+)'/g;

/**
 * Finds the specs that run without any server, by what they import.
 * @param root folder of the repository
 * @param folders where specs lie, relative to `root`
 * @returns their paths relative to `root`, sorted
 */
export function specsWithoutServers(root: string, folders: readonly string[]): string[] {
  const specs = globSync(`{${folders.join(',')}}/**/*.spec.ts`, { cwd: root, exclude: ['**/node_modules'] });
  const imports = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    const known = imports.get(file);
    if (known) return known;
    const found = readImports(root, file);
    imports.set(file, found);
    return found;
  };
  return specs.filter((spec) => !reachesProcesses(spec, importsOf)).sort();
}

function reachesProcesses(spec: string, importsOf: (file: string) => readonly string[]): boolean {
  const seen = new Set([spec]);
  for (const file of seen) {
    for (const imported of importsOf(file)) {
      if (imported === CHILD_PROCESS || STARTS_PROCESSES.some((pattern) => pattern.test(imported))) return true;
      seen.add(imported);
    }
  }
  return false;
}

/** @returns our own files by their path, and {@link CHILD_PROCESS}; other packages are left out */
function readImports(root: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const imports = [STATIC_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) => [...source.matchAll(pattern)]);
  return imports.flatMap(([, specifier = '']) => {
    if (specifier === CHILD_PROCESS) return [specifier];
    const path = pathOf(root, file, specifier);
    return path === undefined ? [] : [path];
  });
}

function pathOf(root: string, from: string, specifier: string): string | undefined {
  const ours = /^#((?:libs|deploy)\/.*)$/.exec(specifier)?.[1];
  if (ours === undefined && !specifier.startsWith('.')) return undefined;
  const path = (ours ?? relative(root, join(root, dirname(from), specifier))).replace(/\.js$/, '.ts');
  return existsSync(join(root, path)) && path.endsWith('.ts') ? path : undefined;
}
