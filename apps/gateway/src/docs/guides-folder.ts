import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Finds the folder of the guides in this or a parent directory: beside the sources, beside the build, or in an image.
 * @throws Error if the folder does not exist
 */
export function findGuidesFolder(start = import.meta.dirname): string {
  const folder = join(start, 'docs', 'api');
  if (existsSync(folder)) return folder;
  if (dirname(start) === start)
    throw new Error('The folder docs/api is missing. The gateway serves its pages at /docs: ship it with the build.');
  return findGuidesFolder(dirname(start));
}
