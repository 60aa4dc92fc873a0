import type { ContractRegistry } from '../kernel/index.js';
import { asyncApiDocument } from './asyncapi.js';
import { eventsReference } from './events-reference.js';
import { rpcsReference } from './rpcs-reference.js';

/** Every generated reference document by its file name. The same registry gives the same bytes. */
export function referenceFiles(registry: ContractRegistry): ReadonlyMap<string, string> {
  return new Map([
    ['events.md', eventsReference(registry)],
    ['rpcs.md', rpcsReference(registry)],
    ['asyncapi.json', `${JSON.stringify(asyncApiDocument(registry, { withLive: true }), null, 2)}\n`],
  ]);
}

/**
 * The names of the documents that are not what the contracts say, absent ones included.
 * @param read answers the committed text, or undefined when there is none
 */
export async function staleFiles(
  files: ReadonlyMap<string, string>,
  read: (name: string) => Promise<string | undefined>,
): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of files) if ((await read(name)) !== text) stale.push(name);
  return stale;
}
