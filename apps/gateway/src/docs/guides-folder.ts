import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the guides, wherever this runs: beside the sources, beside the build, or in an image.
 * @throws Error when there is none
 */
export function guidesFolder(start = import.meta.dirname): string {
  const folder = join(start, 'docs', 'api');
  if (existsSync(folder)) return folder;
  if (dirname(start) === start)
    throw new Error('The folder docs/api is missing; the gateway shows its pages at /docs.');
  return guidesFolder(dirname(start));
}
