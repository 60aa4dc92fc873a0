import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** The modules that the entry of an app imports, directly or indirectly, by static and dynamic imports. */
export interface ReachedModules {
  /** Absolute paths of this repository's compiled modules. */
  readonly files: ReadonlySet<string>;
  /** Names of packages. */
  readonly packages: ReadonlySet<string>;
}

/** The imports of the compiled modules in `dist`, cached until `forget`. */
export class ModuleGraph {
  readonly #imports = new Map<string, readonly string[]>();

  /** @param root the folder that contains `dist` */
  constructor(private readonly root: string) {}

  /** Returns the path of an app's compiled entry. */
  getEntry(app: string): string {
    return join(this.root, 'dist', 'apps', app, 'src', 'main.js');
  }

  /** Removes a module from the cache, so that it is read again. */
  forget(file: string): void {
    this.#imports.delete(file);
  }

  /** Follows imports from a compiled module. A missing module is included, without imports. */
  findReachedModules(entry: string): ReachedModules {
    const packages = new Set<string>();
    const files = new Set<string>();
    const pending = [entry];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (files.has(file)) continue;
      files.add(file);
      // A worker thread is not imported: its file `worker.js` is next to the module that starts it.
      const worker = join(dirname(file), 'worker.js');
      if (existsSync(worker)) pending.push(worker);
      for (const specifier of this.#getImports(file)) {
        if (specifier.startsWith('.')) pending.push(resolve(dirname(file), specifier));
        else if (specifier.startsWith('#')) pending.push(join(this.root, 'dist', specifier.slice(1)));
        else if (!isBuiltin(specifier)) packages.add(toPackageName(specifier));
      }
    }
    return { files, packages };
  }

  #getImports(file: string): readonly string[] {
    const cached = this.#imports.get(file);
    if (cached) return cached;
    if (!existsSync(file)) return [];
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
    const imports = importedFiles.map(({ fileName }) => fileName);
    this.#imports.set(file, imports);
    return imports;
  }
}

const isBuiltin = (specifier: string): boolean =>
  specifier.startsWith('node:') || builtinModules.includes(specifier.split('/')[0] ?? '');

/** `@scope/name/sub/path` belongs to `@scope/name`. */
const toPackageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
