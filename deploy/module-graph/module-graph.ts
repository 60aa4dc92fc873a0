import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** What the entry of an app reaches by imports, static and dynamic. */
export interface ReachedModules {
  /** Compiled modules of ours, as absolute paths. */
  readonly files: ReadonlySet<string>;
  /** Names of packages. */
  readonly packages: ReadonlySet<string>;
}

/** The imports of the compiled modules in `dist`, each read once until it is forgotten. */
export class ModuleGraph {
  readonly #imports = new Map<string, readonly string[]>();

  /** @param root the folder of `dist` */
  constructor(private readonly root: string) {}

  /** The compiled entry of an app. */
  entryOf(app: string): string {
    return join(this.root, 'dist', 'apps', app, 'src', 'main.js');
  }

  /** Makes the next question read the module anew. */
  forget(file: string): void {
    this.#imports.delete(file);
  }

  /** Follows imports from a compiled module. A module that is missing is listed, but leads nowhere. */
  reachedFrom(entry: string): ReachedModules {
    const packages = new Set<string>();
    const files = new Set<string>();
    const pending = [entry];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (files.has(file)) continue;
      files.add(file);
      // A worker thread is named by its file beside the module that starts it, not by an import.
      const worker = join(dirname(file), 'worker.js');
      if (existsSync(worker)) pending.push(worker);
      for (const specifier of this.#importsOf(file)) {
        if (specifier.startsWith('.')) pending.push(resolve(dirname(file), specifier));
        else if (specifier.startsWith('#')) pending.push(join(this.root, 'dist', specifier.slice(1)));
        else if (!isBuiltin(specifier)) packages.add(packageName(specifier));
      }
    }
    return { files, packages };
  }

  #importsOf(file: string): readonly string[] {
    const known = this.#imports.get(file);
    if (known) return known;
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
const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
