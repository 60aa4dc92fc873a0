import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes all packages except those in `keep`. Nested packages stay with their parent.
 * @param keep folders below `node_modules`, as `listAppPackages` lists them
 * @returns the number of removed packages
 */
export async function removeOtherPackages(nodeModules: string, keep: readonly string[]): Promise<number> {
  const keptPackages = new Set(keep.map((path) => path.split('/node_modules/', 1)[0] ?? path));
  const installed = await listTopLevelPackages(nodeModules);
  const missing = [...keptPackages].filter((name) => !installed.includes(name));
  // Some packages may be missing here: the list is created where development packages are installed, too.
  if (missing.length === keptPackages.size) throw new Error(`None of the packages to keep is in ${nodeModules}`);
  const others = installed.filter((name) => !keptPackages.has(name));
  await Promise.all(others.map((name) => rm(join(nodeModules, name), { recursive: true, force: true })));
  await rm(join(nodeModules, '.bin'), { recursive: true, force: true });
  return others.length;
}

async function listTopLevelPackages(nodeModules: string): Promise<string[]> {
  const names = (await readdir(nodeModules)).filter((name) => !name.startsWith('.'));
  const scoped = names.filter((name) => name.startsWith('@'));
  const inScopes = await Promise.all(
    scoped.map(async (scope) => (await readdir(join(nodeModules, scope))).map((name) => `${scope}/${name}`)),
  );
  return [...names.filter((name) => !name.startsWith('@')), ...inScopes.flat()];
}
