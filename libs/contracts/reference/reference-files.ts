import type { ContractRegistry } from '../kernel/index.js';
import { createAsyncApiDocument } from './asyncapi.js';
import { renderEventsReference } from './events-reference.js';
import { renderRpcsReference } from './rpcs-reference.js';

/** Returns every generated reference document by its file name. The output is deterministic. */
export function renderReferenceFiles(registry: ContractRegistry): ReadonlyMap<string, string> {
  return new Map([
    ['events.md', renderEventsReference(registry)],
    ['rpcs.md', renderRpcsReference(registry)],
    ['asyncapi.json', `${JSON.stringify(createAsyncApiDocument(registry, { withLive: true }), null, 2)}\n`],
  ]);
}

/**
 * Returns the names of the documents that are absent or differ from the generated text.
 * @param read returns the committed text, or undefined if the file does not exist
 */
export async function findStaleFiles(
  files: ReadonlyMap<string, string>,
  read: (name: string) => Promise<string | undefined>,
): Promise<string[]> {
  const staleNames: string[] = [];
  for (const [name, text] of files) if ((await read(name)) !== text) staleNames.push(name);
  return staleNames;
}
