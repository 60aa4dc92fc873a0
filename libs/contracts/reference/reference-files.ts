import type { ContractRegistry } from '../kernel/index.js';
import { asyncApiDocument } from './asyncapi.js';
import { eventsReference } from './events-reference.js';
import { rpcsReference } from './rpcs-reference.js';

/** Returns every generated reference document by its file name. The output is deterministic. */
export function referenceFiles(registry: ContractRegistry): ReadonlyMap<string, string> {
  return new Map([
    ['events.md', eventsReference(registry)],
    ['rpcs.md', rpcsReference(registry)],
    ['asyncapi.json', `${JSON.stringify(asyncApiDocument(registry, { withLive: true }), null, 2)}\n`],
  ]);
}

/**
 * Returns the names of the documents that are absent or differ from the generated text.
 * @param read returns the committed text, or undefined if the file does not exist
 */
export async function staleFiles(
  files: ReadonlyMap<string, string>,
  read: (name: string) => Promise<string | undefined>,
): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of files) if ((await read(name)) !== text) stale.push(name);
  return stale;
}
