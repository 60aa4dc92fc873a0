import { access, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unusedFiles, type UnusedFiles } from './unused-files.js';

/** Platforms with known names of binaries. On other platforms nothing is removed. */
const KNOWN_PLATFORMS: ReadonlySet<string> = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);

/**
 * Removes files that this platform does not use from installed packages.
 * @returns the number of bytes freed; 0 when all files were already removed
 */
export async function removeUnusedFiles(
  nodeModules: string,
  { platform, arch }: { readonly platform: string; readonly arch: string } = process,
): Promise<number> {
  if (!KNOWN_PLATFORMS.has(`${platform}-${arch}`)) return 0;
  let freed = 0;
  for (const unused of unusedFiles(platform, arch)) {
    for (const path of await findPaths(nodeModules, unused)) {
      freed += await measureBytes(path);
      await rm(path, { recursive: true, force: true });
    }
  }
  return freed;
}

async function findPaths(nodeModules: string, { package: name, paths, keep = [] }: UnusedFiles): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const full = join(nodeModules, name, path);
    if (!path.endsWith('/*')) {
      if (await exists(full)) found.push(full);
      continue;
    }
    const folder = full.slice(0, -'/*'.length);
    const names = await readdir(folder).catch(() => []);
    // The files to keep are missing, so the package has a different layout than expected: remove nothing.
    if (!names.some((entry) => keep.includes(entry))) continue;
    found.push(...names.filter((entry) => !keep.includes(entry)).map((entry) => join(folder, entry)));
  }
  return found;
}

/** Size of a file, or of all files below a folder. */
async function measureBytes(path: string): Promise<number> {
  const entry = await stat(path);
  if (!entry.isDirectory()) return entry.size;
  const children = await readdir(path, { recursive: true, withFileTypes: true });
  const files = children.filter((child) => child.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
