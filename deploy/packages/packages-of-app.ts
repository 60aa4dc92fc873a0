import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ModuleGraph } from '../module-graph/module-graph.js';

/**
 * Lists the packages that a compiled app can import: those that its modules import, and their dependencies.
 * @param root the folder that contains `dist` and `node_modules`
 * @returns folders below `node_modules`, such as `luxon` or `eslint/node_modules/ajv`, sorted
 * @throws Error when a module of this repository, or a package that it imports, is missing
 */
export function listAppPackages(root: string, app: string): string[] {
  const folders = new Set<string>();
  const pending = [...listImportedPackages(root, app)].map((name) => requireFolder(name, root));
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (folders.has(folder)) continue;
    folders.add(folder);
    for (const name of readDependencies(folder)) {
      const found = findFolder(name, folder, root);
      if (found !== undefined) pending.push(found);
    }
  }
  const nodeModules = join(root, 'node_modules');
  return [...folders].map((folder) => folder.slice(nodeModules.length + 1)).sort();
}

/** The packages that an app's modules and their libraries import. */
function listImportedPackages(root: string, app: string): Set<string> {
  const graph = new ModuleGraph(root);
  const { files, packages } = graph.findReachedModules(graph.getEntry(app));
  const missing = [...files].filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`Not compiled: ${missing.join(', ')}. Run: npm run build`);
  // Nest expects the application to install `reflect-metadata`, and does not import it itself.
  return new Set([...packages, 'reflect-metadata']);
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Includes peer dependencies, even optional ones, because Nest loads its transports and platforms by name at run time.
 */
function readDependencies(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return [dependencies, optionalDependencies, peerDependencies].flatMap((names) => Object.keys(names ?? {}));
}

function requireFolder(name: string, root: string): string {
  const folder = findFolder(name, root, root);
  if (folder === undefined) throw new Error(`Package ${name} is imported, but not in node_modules. Run: npm ci`);
  return folder;
}

/** Finds a package like Node does: in the nearest `node_modules` of a parent folder. */
function findFolder(name: string, from: string, root: string): string | undefined {
  for (let at = from; at.length >= root.length; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return undefined;
}
